// Accepting or declining a quote: asked once more before it counts, bound to what is on the page.
import { useState } from "react";
import { answer, type Offer } from "./offer";
import type { Speaking } from "./words";

interface Props {
  offer: Offer;
  quote: NonNullable<Offer["quote"]>;
  speech: Speaking;
  take: (work: () => Promise<Offer>) => Promise<void>;
}

const STANDS = { accepted: "accepted", declined: "declined" } as const;

export function YesOrNo({ offer, quote, speech, take }: Props) {
  const [asked, setAsked] = useState<"accept" | "decline" | null>(null);
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const { say } = speech;

  async function send(accepted: boolean) {
    setBusy(true);
    await take(() => answer(accepted, quote.seen, reason));
    setBusy(false);
    setAsked(null);
  }

  if (!offer.answerable) {
    const known =
      quote.status === "accepted" || quote.status === "declined" ? STANDS[quote.status] : "expired";
    return <p className="standing">{say(known)}</p>;
  }
  return (
    <section className="answer">
      <p>{say("validUntil", { date: speech.date(quote.valid_until) })}</p>
      {asked === "accept" ? (
        <>
          <p>{say("acceptSure", { total: speech.money(quote.total, quote.currency) })}</p>
          <button type="button" className="first" disabled={busy} onClick={() => void send(true)}>
            {say("yes")}
          </button>
        </>
      ) : null}
      {asked === "decline" ? (
        <>
          <label>
            {say("declineWhy")}
            <textarea value={reason} maxLength={2000} onChange={(event) => setReason(event.target.value)} />
          </label>
          <button type="button" className="first" disabled={busy} onClick={() => void send(false)}>
            {say("declineSend")}
          </button>
        </>
      ) : null}
      {asked ? (
        <button type="button" className="quiet" onClick={() => setAsked(null)}>
          {say("back")}
        </button>
      ) : (
        <>
          <button type="button" className="first" onClick={() => setAsked("accept")}>
            {say("accept")}
          </button>
          <button type="button" className="quiet" onClick={() => setAsked("decline")}>
            {say("decline")}
          </button>
        </>
      )}
    </section>
  );
}
