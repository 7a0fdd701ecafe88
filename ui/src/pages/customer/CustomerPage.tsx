// One quote or order as its customer sees it: what it is, yes or no, how far it is, papers, questions.
import { useCallback, useEffect, useState } from "react";
import { Decided } from "./Decided";
import { Goods } from "./Goods";
import { Progress } from "./Progress";
import { Questions } from "./Questions";
import { YesOrNo } from "./YesOrNo";
import { load, openPaper, Refused, type Gone, type Offer } from "./offer";
import { speaking, type Language } from "./words";

type State =
  { kind: "loading" } | { kind: "gone"; why: Gone } | { kind: "failed" } | { kind: "shown"; offer: Offer };

const PAPERS = { quote: "paperQuote", order: "paperOrder", invoice: "paperInvoice" } as const;

function failure(error: unknown): State {
  if (error instanceof Refused && error.status === 401) {
    const why = error.where === "expired" || error.where === "revoked" ? error.where : "forged";
    return { kind: "gone", why };
  }
  return { kind: "failed" };
}

export function CustomerPage() {
  const [state, setState] = useState<State>({ kind: "loading" });
  const [chosen, setChosen] = useState<Language | null>(null);
  const [notice, setNotice] = useState<"failed" | "changed" | null>(null);
  const own: Language = navigator.language.startsWith("zh") ? "zh" : "en";
  const language = chosen ?? (state.kind === "shown" ? state.offer.language : own);
  const speech = speaking(language);

  const take = useCallback(async (work: () => Promise<Offer>) => {
    try {
      const offer = await work();
      setNotice(null);
      setState({ kind: "shown", offer });
    } catch (error) {
      const found = failure(error);
      if (found.kind === "gone") {
        setState(found);
        return;
      }
      setNotice(error instanceof Refused && error.status === 409 ? "changed" : "failed");
      await load().then(
        (offer) => setState({ kind: "shown", offer }),
        (again: unknown) => setState(failure(again)),
      );
    }
  }, []);

  useEffect(() => {
    load().then(
      (offer) => setState({ kind: "shown", offer }),
      (error: unknown) => setState(failure(error)),
    );
  }, []);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);

  const offer = state.kind === "shown" ? state.offer : null;
  const title = offer?.quote
    ? speech.say("quote", { number: offer.quote.quote_no })
    : offer?.order
      ? speech.say("order", { number: offer.order.order_no })
      : "";
  return (
    <main className="offer">
      <title>{[title, offer?.firm.name].filter(Boolean).join(" · ") || "…"}</title>
      <header>
        {offer?.firm.logo ? <img src="/offer/logo" alt={offer.firm.name} className="logo" /> : null}
        <span className="firm">{offer?.firm.name}</span>
        <button type="button" className="quiet" onClick={() => setChosen(language === "zh" ? "en" : "zh")}>
          {speech.say("language")}
        </button>
      </header>
      {state.kind === "loading" ? <p role="status">{speech.say("loading")}</p> : null}
      {state.kind === "gone" ? (
        <section role="alert" className="kind">
          <h1>{speech.gone[state.why]}</h1>
          <p>{speech.say("goneNext")}</p>
        </section>
      ) : null}
      {state.kind === "failed" ? <p role="alert">{speech.say("failed")}</p> : null}
      {offer ? (
        <>
          <h1>{title}</h1>
          <p className="for">{speech.say("hello", { name: offer.customer })}</p>
          {notice ? (
            <p role="alert" className="notice">
              {speech.say(notice)}
            </p>
          ) : null}
          {offer.order ? <Progress order={offer.order} speech={speech} /> : null}
          {offer.quote ? <Goods paper={offer.quote} speech={speech} /> : null}
          {!offer.quote && offer.order ? <Goods paper={offer.order} speech={speech} /> : null}
          {offer.quote ? <YesOrNo offer={offer} quote={offer.quote} speech={speech} take={take} /> : null}
          <section>
            <h2>{speech.say("papers")}</h2>
            <ul className="papers">
              {offer.papers.map((one) => (
                <li key={one.kind + one.number}>
                  <button type="button" onClick={() => void openPaper(one.kind, one.number)}>
                    {speech.say(PAPERS[one.kind])} {one.number} (PDF)
                  </button>
                </li>
              ))}
            </ul>
          </section>
          <Questions offer={offer} speech={speech} take={take} />
          <Decided offer={offer} speech={speech} />
          <footer>{speech.say("goodUntil", { date: speech.date(offer.until) })}</footer>
        </>
      ) : null}
    </main>
  );
}
