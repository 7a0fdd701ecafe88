// The values that a task's form begins with: the draft of the digital employee, or the values of the case; and with
// what a person has entered so far.
import { useCase } from "../../api/hooks";
import type { Values } from "../../forms/schema";
import type { WholeTask } from "./answering";

export interface CaseValues {
  /** Without what a person entered. */
  base: Values;
  /** With it. */
  first: Values;
}

export function useCaseValues(task: WholeTask): CaseValues | undefined {
  const whole = useCase(task.process_instance);
  const suggested = (task.payload["values"] ?? null) as Values | null;
  const entered = (task.draft ?? null) as Values | null;
  if (suggested === null && whole.data === undefined && whole.error === null) return undefined;
  const base = suggested ?? { ...whole.data?.variables, ...task.payload };
  return { base, first: { ...base, ...entered } };
}
