// The values that a task's form begins with: the draft for a review, the values of the case for a drawn task.
import { useCase } from "../../api/hooks";
import type { Values } from "../../forms/schema";
import type { WholeTask } from "./answering";

export function useCaseValues(task: WholeTask): Values | undefined {
  const whole = useCase(task.process_instance);
  const draft = (task.payload["values"] ?? null) as Values | null;
  const saved = (task.draft ?? null) as Values | null;
  if (draft !== null) return { ...draft, ...saved };
  if (whole.data !== undefined) return { ...whole.data.variables, ...task.payload, ...saved };
  return whole.error === null ? undefined : { ...task.payload, ...saved };
}
