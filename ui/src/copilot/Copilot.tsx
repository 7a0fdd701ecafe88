// The copilot beside every page: questions about what the page shows or about the company, answered with their source.
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useLocation } from "react-router";

import { CloseOutlined } from "../parts/icons";
import { useWords } from "../parts/useWords";
import { Button } from "../plain/controls";
import { AnswerView } from "./AnswerView";
import { type Answer, examplesFor, screenOf, useAsk } from "./asking";
import "./copilot.css";

interface Exchange {
  number: number;
  question: string;
  answer: Answer | null;
  failed: boolean;
}

export default function Copilot({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const { pathname } = useLocation();
  const screen = screenOf(pathname);
  const [exchanges, setExchanges] = useState<readonly Exchange[]>([]);
  const [text, setText] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  const log = useRef<HTMLDivElement>(null);
  const asking = useAsk();
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    log.current?.lastElementChild?.scrollIntoView({ block: "start" }); // newer browsers give a promise back
  }, [exchanges]);
  const ask = (question: string): void => {
    const asked = question.trim();
    if (asked === "" || asking.isPending) return;
    const number = exchanges.length;
    const put = (answer: Answer | null, failed: boolean): void =>
      setExchanges((before) =>
        before.map((one) => (one.number === number ? { ...one, answer, failed } : one)),
      );
    setExchanges((before) => [...before, { number, question: asked, answer: null, failed: false }]);
    setText("");
    asking.mutate(
      { question: asked, screen },
      { onSuccess: (answer) => put(answer, false), onError: () => put(null, true) },
    );
  };
  const typed = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    ask(text);
  };
  const pressed = (event: KeyboardEvent): void => {
    if (event.key === "Escape") onClose();
  };
  return (
    <aside className="copilot" aria-label={t("copilot.title")} onKeyDown={pressed}>
      <div className="spread copilot-head">
        <strong>{t("copilot.title")}</strong>
        <Button look="text" aria-label={t("copilot.close")} onClick={onClose}>
          <CloseOutlined />
        </Button>
      </div>
      <div className="copilot-log" ref={log} role="log" aria-busy={asking.isPending} tabIndex={0}>
        {exchanges.length === 0 && <p className="quiet">{t("copilot.lead")}</p>}
        {exchanges.map((one) => (
          <article key={one.number}>
            <p className="copilot-question">{one.question}</p>
            {one.answer && <AnswerView answer={one.answer} onAsk={ask} />}
            {one.failed && <p role="alert">{t("error.unreachable")}</p>}
            {!one.answer && !one.failed && <p className="quiet">{t("copilot.looking")}</p>}
          </article>
        ))}
      </div>
      <div className="copilot-foot">
        <div className="copilot-examples" aria-label={t("copilot.try")} role="group">
          {examplesFor(screen).map((name) => {
            const example = t(`copilot.example.${name}`);
            return (
              <button key={name} type="button" className="copilot-chip" onClick={() => ask(example)}>
                {example}
              </button>
            );
          })}
        </div>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            ask(text);
          }}
        >
          <textarea
            ref={field}
            className="input"
            rows={2}
            maxLength={500}
            value={text}
            aria-label={t("copilot.field")}
            placeholder={t("copilot.field")}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={typed}
          />
          <button
            type="submit"
            className="button is-primary"
            disabled={text.trim() === "" || asking.isPending}
          >
            {t("copilot.ask")}
          </button>
        </form>
      </div>
    </aside>
  );
}
