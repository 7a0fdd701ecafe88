// What was decided without a person, and how to have a person look at it again.
import { useState } from "react";
import { appeal, type Offer } from "./offer";
import type { Speaking } from "./words";

type Skill = "check_credit" | "price_lines" | "write_quote" | "confirm_quote";

export function Decided({ offer, speech }: { offer: Offer; speech: Speaking }) {
  const [open, setOpen] = useState<string | null>(null);
  const [text, setText] = useState("");
  const [sent, setSent] = useState<string[]>([]);
  const { say } = speech;
  if (offer.decisions.length === 0) return null;

  async function send(run: string) {
    await appeal(run, text.trim());
    setSent((before) => [...before, run]);
    setOpen(null);
    setText("");
  }

  return (
    <section>
      <h2>{say("decided")}</h2>
      <p>{say("decidedWhy")}</p>
      <ul className="decided">
        {offer.decisions.map((one) => (
          <li key={one.run}>
            <span>{say(one.what as Skill)}</span>
            {sent.includes(one.run) ? <em>{say("appealed")}</em> : null}
            {!sent.includes(one.run) && open !== one.run ? (
              <button type="button" className="quiet" onClick={() => setOpen(one.run)}>
                {say("appeal")}
              </button>
            ) : null}
            {open === one.run ? (
              <form
                onSubmit={(event) => {
                  event.preventDefault();
                  if (text.trim()) void send(one.run);
                }}
              >
                <label>
                  {say("appealWhat")}
                  <textarea value={text} maxLength={5000} onChange={(event) => setText(event.target.value)} />
                </label>
                <button type="submit" disabled={!text.trim()}>
                  {say("appealSend")}
                </button>
              </form>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
