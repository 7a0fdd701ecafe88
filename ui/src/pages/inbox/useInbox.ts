// The state of the inbox: queue, list, the task that is open, and going to the next one.
import { useMemo, useState } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";

import { useTasks } from "../../api/hooks";
import { inQueue, type Queue, QUEUES } from "./queues";

export function useInbox() {
  const { key } = useParams();
  const [search, setSearch] = useSearchParams();
  const navigate = useNavigate();
  const [opened] = useState(() => Date.now());
  const asked = search.get("queue") ?? (search.get("scope") === "all" ? "all" : "mine");
  const queue: Queue = QUEUES.find((one) => one === asked) ?? "mine";
  const tasks = useTasks(queue === "all" ? "all" : "mine");
  const all = useMemo(() => tasks.data?.pages.flatMap((page) => page.items) ?? [], [tasks.data]);
  const listed = useMemo(() => inQueue(all, queue, opened), [all, queue, opened]);
  const place = listed.findIndex((task) => task.key === key);
  const open = (next: string | undefined): void => {
    void navigate({ pathname: next === undefined ? "/inbox" : `/inbox/${next}`, search: search.toString() });
  };
  return {
    tasks,
    queue,
    listed,
    key,
    /** When the inbox was opened: what is late is judged by it. */
    now: opened,
    counts: Object.fromEntries(
      QUEUES.map((one) => [one, one === "all" && queue !== "all" ? null : inQueue(all, one, opened).length]),
    ) as Record<Queue, number | null>,
    choose: (next: Queue): void => setSearch(next === "mine" ? {} : { queue: next }),
    open,
    /** Open the task `by` places further; the first when none is open. */
    step: (by: number): void => open(listed[Math.min(Math.max(place + by, 0), listed.length - 1)]?.key),
    /** After an answer: the one that moves up, or the list when it was the last. */
    onwards: (): void => open((listed[place + 1] ?? listed[place - 1])?.key),
  };
}

export type InboxState = ReturnType<typeof useInbox>;
