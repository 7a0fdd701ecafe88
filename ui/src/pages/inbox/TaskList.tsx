// The list of a queue: one line of meaning each; only what is in sight is drawn and asked for.
import { useEffect } from "react";
import { Link, useLocation } from "react-router";

import { ActorMark } from "../../parts/Actor";
import { useWords } from "../../parts/useWords";
import { useSight } from "../../rows/useSight";
import { isLate, type Task } from "./queues";
import type { InboxState } from "./useInbox";

const ROW = 68;
const DAY = 86_400;

interface Props {
  inbox: InboxState;
  chosen: ReadonlySet<string>;
  onToggle: (task: Task) => void;
}

export function TaskList({ inbox, chosen, onToggle }: Props) {
  const { t } = useWords();
  const { list } = inbox;
  const total = list.total ?? 0;
  const { place, rows } = useSight(total, ROW, inbox.place);
  const [first, last] = [rows[0] ?? 0, rows.at(-1) ?? 0];
  const { show } = list;
  useEffect(() => show(first, last), [show, first, last]);
  return (
    <div ref={place} className="task-rows" tabIndex={0} role="region" aria-label={t("inbox.list")}>
      <ul style={{ height: total * ROW }}>
        {rows.map((at) => {
          const task = list.row(at);
          return (
            <li key={at} style={{ transform: `translateY(${at * ROW}px)`, height: ROW }}>
              {task === undefined ? (
                <div className="task-row is-coming" aria-hidden />
              ) : (
                <Row
                  task={task}
                  now={inbox.now}
                  open={task.key === inbox.key}
                  chosen={chosen.has(task.key)}
                  onToggle={() => onToggle(task)}
                />
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** Seconds that a task has waited; whole days from one day on, so that a row has room for whom it is about. */
function waited(task: Task, now: number): number {
  const seconds = Math.max(0, (now - new Date(task.created_at).getTime()) / 1000);
  return seconds < DAY ? seconds : seconds - (seconds % DAY);
}

function Row(props: { task: Task; now: number; open: boolean; chosen: boolean; onToggle: () => void }) {
  const { t, said, span, day, money } = useWords();
  const { search } = useLocation();
  const { task, now } = props;
  const name = said(task.title ?? task.name);
  return (
    <div className={`task-row${props.open ? " here" : ""}`}>
      {task.kind === "review" && (
        <input
          type="checkbox"
          checked={props.chosen}
          onChange={props.onToggle}
          aria-label={t("inbox.choose", { name })}
        />
      )}
      <Link to={{ pathname: `/inbox/${task.key}`, search }} aria-current={props.open ? "true" : undefined}>
        <span className="row" style={{ gap: 6, flexWrap: "nowrap" }}>
          <ActorMark
            kind={task.kind === "approval" ? "waiting" : task.kind === "review" ? "agent" : "person"}
          />
          <span className="clip task-name">{name}</span>
          {task.amount !== null && task.currency !== null && (
            <span className="figure task-amount">{money(task.amount, task.currency)}</span>
          )}
        </span>
        <span className="row quiet small" style={{ flexWrap: "nowrap" }}>
          {task.who !== null && <span className="clip task-who">{task.who}</span>}
          {task.case !== null && (
            <span className="whole">
              {task.who === null ? t("inbox.case", { case: task.case }) : task.case}
            </span>
          )}
          {task.due === null ? (
            <span className="whole">{t("inbox.waits", { span: span(waited(task, now)) })}</span>
          ) : (
            <span className={isLate(task, now) ? "late" : ""}>{t("inbox.due", { at: day(task.due) })}</span>
          )}
        </span>
      </Link>
    </div>
  );
}
