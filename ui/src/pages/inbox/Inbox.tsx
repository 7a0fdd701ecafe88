// The inbox: queues left, the list in the middle, the task right.
import { Empty, Grid, Tooltip } from "antd";
import { useState } from "react";

import { Loaded } from "../../parts/Loaded";
import { useKeys } from "../../parts/useKeys";
import { useWords } from "../../parts/useWords";
import { Batch } from "./Batch";
import "./inbox.css";
import { Queues } from "./Queues";
import { TaskList } from "./TaskList";
import { TaskPane } from "./TaskPane";
import { useInbox } from "./useInbox";

export default function Inbox() {
  const { t } = useWords();
  const inbox = useInbox();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const wide = Grid.useBreakpoint().md === true;
  useKeys({ j: () => inbox.step(1), k: () => inbox.step(-1) });
  const toggle = (key: string): void => {
    const next = new Set(chosen);
    if (!next.delete(key)) next.add(key);
    setChosen(next);
  };
  const showsList = wide || inbox.key === undefined;
  return (
    <main className="inbox">
      <h1 className="skip">{t("inbox.title")}</h1>
      {showsList && <Queues inbox={inbox} />}
      {showsList && (
        <section className="inbox-list" aria-label={t("inbox.list")}>
          <Batch
            chosen={inbox.listed.filter((task) => chosen.has(task.key))}
            onDone={() => setChosen(new Set())}
          />
          <Loaded
            query={inbox.tasks}
            empty={{ when: () => inbox.listed.length === 0, say: t("inbox.empty") }}
          >
            {() => <TaskList inbox={inbox} chosen={chosen} onToggle={toggle} />}
          </Loaded>
        </section>
      )}
      {(wide || inbox.key !== undefined) && (
        <section className="inbox-task" aria-live="polite">
          {inbox.key === undefined ? (
            <Tooltip title={t("inbox.keys")}>
              <Empty
                image={Empty.PRESENTED_IMAGE_SIMPLE}
                description={t("inbox.pick")}
                style={{ marginTop: 80 }}
              />
            </Tooltip>
          ) : (
            <TaskPane
              key={inbox.key}
              taskKey={inbox.key}
              onAnswered={inbox.onwards}
              onBack={() => inbox.open(undefined)}
            />
          )}
        </section>
      )}
    </main>
  );
}
