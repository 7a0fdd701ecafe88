// The inbox: queues left, the list in the middle, the task right.
import { useEffect, useState } from "react";

import { Trouble } from "../../parts/Trouble";
import { useKeys } from "../../parts/useKeys";
import { useWords } from "../../parts/useWords";
import { Nothing, OnItsWay } from "../../plain/controls";
import { useWide } from "../../plain/useWide";
import { Batch } from "./Batch";
import "./inbox.css";
import { Queues } from "./Queues";
import type { Task } from "./queues";
import { Search } from "./Search";
import { TaskList } from "./TaskList";
import { TaskPane } from "./TaskPane";
import { type InboxState, useInbox } from "./useInbox";

export { fillInbox } from "./fillInbox";

export default function Inbox() {
  const { t } = useWords();
  const inbox = useInbox();
  const [chosen, setChosen] = useState<ReadonlyMap<string, Task>>(new Map());
  const wide = useWide();
  useKeys({ j: () => inbox.step(1), k: () => inbox.step(-1) });
  useFirst(inbox, wide);
  const toggle = (task: Task): void => {
    const next = new Map(chosen);
    if (!next.delete(task.key)) next.set(task.key, task);
    setChosen(next);
  };
  const showsList = wide || inbox.key === undefined;
  return (
    <main className="inbox">
      <h1 className="skip">{t("inbox.title")}</h1>
      {showsList && <Queues inbox={inbox} />}
      {showsList && (
        <section className="inbox-list" aria-label={t("inbox.list")}>
          <Search inbox={inbox} />
          <Batch chosen={[...chosen.values()]} onDone={() => setChosen(new Map())} />
          <Listed inbox={inbox} chosen={new Set(chosen.keys())} onToggle={toggle} />
        </section>
      )}
      {(wide || inbox.key !== undefined) && (
        <section className="inbox-task" aria-live="polite">
          {inbox.key === undefined ? (
            <Nothing>{t("inbox.pick")}</Nothing>
          ) : (
            <TaskPane
              key={inbox.key}
              taskKey={inbox.key}
              onAnswered={inbox.onwards}
              onBack={() => inbox.open(undefined)}
            />
          )}
          {wide && <p className="quiet small keys">{t("inbox.keys")}</p>}
        </section>
      )}
    </main>
  );
}

/** On a wide screen the first task is open at once: there is nothing to choose between. */
function useFirst(inbox: InboxState, wide: boolean): void {
  const first = inbox.key === undefined && wide ? inbox.list.row(0)?.key : undefined;
  const { open } = inbox;
  useEffect(() => {
    if (first !== undefined) open(first, true);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `open` is new at every turn; only another first task counts
  }, [first]);
}

function Listed(props: { inbox: InboxState; chosen: ReadonlySet<string>; onToggle: (task: Task) => void }) {
  const { t } = useWords();
  const { list, filter } = props.inbox;
  if (list.error !== null) return <Trouble error={list.error} onRetry={list.again} />;
  if (list.total === undefined) return <OnItsWay label={t("app.loading")} />;
  if (list.total > 0) return <TaskList {...props} />;
  const looked = filter.words !== "" || filter.process !== "";
  return <Nothing>{t(looked ? "inbox.nothingFound" : "inbox.empty")}</Nothing>;
}
