// What the customer asked, what we answered, and room for another question.
import { useState } from "react";
import { ask, type Offer } from "./offer";
import type { Speaking } from "./words";

interface Props {
  offer: Offer;
  speech: Speaking;
  take: (work: () => Promise<Offer>) => Promise<void>;
}

export function Questions({ offer, speech, take }: Props) {
  const [text, setText] = useState("");
  const { say } = speech;
  return (
    <section>
      <h2>{say("ask")}</h2>
      <ul className="questions">
        {offer.questions.map((one, place) => (
          <li key={`${one.at ?? ""}${String(place)}`}>
            <p>{one.text}</p>
            <p className="reply">{one.answer ? `${say("answered")}: ${one.answer}` : say("waiting")}</p>
          </li>
        ))}
      </ul>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim()) void take(() => ask(text.trim())).then(() => setText(""));
        }}
      >
        <label>
          <span className="unseen">{say("ask")}</span>
          <textarea value={text} maxLength={5000} onChange={(event) => setText(event.target.value)} />
        </label>
        <button type="submit" disabled={!text.trim()}>
          {say("askSend")}
        </button>
      </form>
    </section>
  );
}
