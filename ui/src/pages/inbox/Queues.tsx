// The queues, each with how many wait in it.
import { useWords } from "../../parts/useWords";
import { QUEUES } from "./queues";
import type { InboxState } from "./useInbox";

export function Queues({ inbox }: { inbox: InboxState }) {
  const { t, number } = useWords();
  return (
    <nav className="inbox-queues" aria-label={t("inbox.queues")}>
      {QUEUES.map((queue) => {
        const count = inbox.counts[queue];
        return (
          <button
            key={queue}
            type="button"
            className={queue === inbox.queue ? "here" : ""}
            aria-current={queue === inbox.queue}
            onClick={() => inbox.choose(queue)}
          >
            <span>{t(`inbox.queue.${queue}`)}</span>
            {count !== null && <span className="quiet figure">{number(count)}</span>}
          </button>
        );
      })}
    </nav>
  );
}
