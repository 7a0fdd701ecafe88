// The queues of the inbox, and a saved filter: what each of them asks the server for.
import type { Shapes } from "../../api/client";

export type Task = Shapes["TaskLine"];
export const QUEUES = ["mine", "reviews", "money", "tasks", "late", "all"] as const;
export type Queue = (typeof QUEUES)[number];

const KIND: Partial<Record<Queue, Task["kind"]>> = { reviews: "review", money: "approval", tasks: "task" };

/** What is looked for in a queue; an empty text asks for all. */
export interface Filter {
  queue: Queue;
  words: string;
  process: string;
}

export interface SavedFilter extends Filter {
  name: string;
}

export function isLate(task: Task, now: number): boolean {
  return task.due !== null && new Date(task.due).getTime() < now;
}

/** The filter as the server is asked. */
export function asked({ queue, words, process }: Filter): {
  scope: "mine" | "all";
  kind?: Task["kind"];
  late?: boolean;
  words?: string;
  process_id?: string;
} {
  const kind = KIND[queue];
  return {
    scope: queue === "all" ? "all" : "mine",
    ...(kind !== undefined && { kind }),
    ...(queue === "late" && { late: true }),
    ...(words !== "" && { words }),
    ...(process !== "" && { process_id: process }),
  };
}

/** The filter that stands in an address. */
export function filterOf(search: URLSearchParams): Filter {
  const named = search.get("queue") ?? (search.get("scope") === "all" ? "all" : "mine");
  return {
    queue: QUEUES.find((one) => one === named) ?? "mine",
    words: search.get("words") ?? "",
    process: search.get("process") ?? "",
  };
}

/** The address of a filter; what asks for nothing is left out. */
export function searchOf({ queue, words, process }: Filter): string {
  const search = new URLSearchParams();
  if (queue !== "mine") search.set("queue", queue);
  if (words !== "") search.set("words", words);
  if (process !== "") search.set("process", process);
  return search.toString();
}
