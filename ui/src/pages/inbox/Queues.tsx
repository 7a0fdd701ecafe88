// The queues, each with how many wait in it; below them what this person looks for again and again.

import { usePreference } from "../../api/preferences";
import { CloseOutlined } from "../../parts/icons";
import { useWords } from "../../parts/useWords";
import { Button } from "../../plain/controls";
import { QUEUES, type SavedFilter, searchOf } from "./queues";
import type { InboxState } from "./useInbox";

export const SAVED = "inbox.filters";

export function Queues({ inbox }: { inbox: InboxState }) {
  const { t, number } = useWords();
  const [saved, save] = usePreference<SavedFilter[]>(SAVED);
  const now = searchOf(inbox.filter);
  const plain = inbox.filter.words === "" && inbox.filter.process === "";
  const filters = saved ?? [];
  return (
    <nav className="inbox-queues" aria-label={t("inbox.queues")}>
      {QUEUES.map((queue) => {
        const count = inbox.counts[queue];
        const here = plain && queue === inbox.filter.queue;
        return (
          <button
            key={queue}
            type="button"
            className={here ? "here" : ""}
            aria-current={here}
            onClick={() => inbox.choose({ queue, words: "", process: "" })}
          >
            <span>{t(`inbox.queue.${queue}`)}</span>
            {count !== null && <span className="quiet figure">{number(count)}</span>}
          </button>
        );
      })}
      {filters.length > 0 && <h2 className="quiet small">{t("inbox.savedFilters")}</h2>}
      {filters.map((one) => (
        <div key={one.name} className="saved-filter">
          <button
            type="button"
            className={`clip${searchOf(one) === now ? " here" : ""}`}
            aria-current={searchOf(one) === now}
            onClick={() => inbox.choose(one)}
          >
            {one.name}
          </button>
          <Button
            look="text"
            small
            aria-label={t("inbox.forget", { name: one.name })}
            onClick={() => save(filters.filter((other) => other.name !== one.name))}
          >
            <CloseOutlined />
          </Button>
        </div>
      ))}
    </nav>
  );
}
