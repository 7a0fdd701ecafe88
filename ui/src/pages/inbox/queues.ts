// The queues of the inbox: which tasks belong to which.
import type { Shapes } from "../../api/client";

export type Task = Shapes["BriefTask"];
export const QUEUES = ["mine", "reviews", "money", "tasks", "late", "all"] as const;
export type Queue = (typeof QUEUES)[number];

const KIND: Partial<Record<Queue, Task["kind"]>> = { reviews: "review", money: "approval", tasks: "task" };

export function isLate(task: Task, now: number): boolean {
  return task.due !== null && new Date(task.due).getTime() < now;
}

/** The tasks of a queue, the most urgent first: by priority, then by age. */
export function inQueue(tasks: readonly Task[], queue: Queue, now: number): Task[] {
  const kind = KIND[queue];
  return tasks
    .filter((task) => (kind === undefined || task.kind === kind) && (queue !== "late" || isLate(task, now)))
    .sort((a, b) => b.priority - a.priority || a.created_at.localeCompare(b.created_at));
}
