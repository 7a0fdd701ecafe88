// The list of a queue: one line of meaning each; only what is in sight is drawn.
import { useVirtualizer } from "@tanstack/react-virtual";
import { Checkbox } from "antd";
import { useEffect, useRef } from "react";
import { Link, useLocation } from "react-router";

import { ActorMark } from "../../parts/Actor";
import { useWords } from "../../parts/useWords";
import { isLate, type Task } from "./queues";
import type { InboxState } from "./useInbox";

const ROW = 68;
const AHEAD = 10;

interface Props {
  inbox: InboxState;
  chosen: ReadonlySet<string>;
  onToggle: (key: string) => void;
}

export function TaskList({ inbox, chosen, onToggle }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = inbox.tasks;
  const rows = useVirtualizer({
    count: inbox.listed.length,
    getScrollElement: () => place.current,
    estimateSize: () => ROW,
    overscan: AHEAD,
  });
  const last = rows.getVirtualItems().at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= inbox.listed.length - AHEAD && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [last, inbox.listed.length, hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <div ref={place} className="task-rows" tabIndex={0} role="region" aria-label="tasks">
      <ul style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((item) => {
          const task = inbox.listed[item.index];
          if (task === undefined) return null;
          return (
            <li key={task.key} style={{ transform: `translateY(${item.start}px)`, height: ROW }}>
              <Row
                task={task}
                now={inbox.now}
                open={task.key === inbox.key}
                chosen={chosen.has(task.key)}
                onToggle={() => onToggle(task.key)}
              />
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Row(props: { task: Task; now: number; open: boolean; chosen: boolean; onToggle: () => void }) {
  const { t, said, since, day } = useWords();
  const { search } = useLocation();
  const { task, now } = props;
  const name = said(task.title ?? task.name);
  return (
    <div className={`task-row${props.open ? " here" : ""}`}>
      {task.kind === "review" && (
        <Checkbox checked={props.chosen} onChange={props.onToggle} aria-label={t("inbox.choose", { name })} />
      )}
      <Link to={{ pathname: `/inbox/${task.key}`, search }} aria-current={props.open ? "true" : undefined}>
        <span className="row" style={{ gap: 6, flexWrap: "nowrap" }}>
          <ActorMark
            kind={task.kind === "approval" ? "waiting" : task.kind === "review" ? "agent" : "person"}
          />
          <span className="clip">{name}</span>
        </span>
        <span className="row quiet small" style={{ flexWrap: "nowrap" }}>
          {task.case !== null && <span className="clip">{t("inbox.case", { case: task.case })}</span>}
          <span className="clip">{t("inbox.waits", { span: since(task.created_at) })}</span>
          {task.due !== null && (
            <span className={isLate(task, now) ? "late" : ""}>{t("inbox.due", { at: day(task.due) })}</span>
          )}
        </span>
      </Link>
    </div>
  );
}
