// Cases that somebody has chosen, and what can be done with them.
import type { Shapes } from "../../api/client";

type Instance = Pick<Shapes["InstanceShape"], "key" | "state">;

/** The state of each chosen case by its key. */
export type Chosen = ReadonlyMap<string, string>;

/** Cases that can be chosen at once; more than that are narrowed down first. */
export const MOST = 5000;

/** With the case, or without it where it was chosen. */
export function turned(chosen: Chosen, one: Instance): Chosen {
  const next = new Map(chosen);
  if (!next.delete(one.key)) next.set(one.key, one.state);
  return next;
}

/** Keys of the chosen cases that go on, and of those that have ended. */
export function kinds(chosen: Chosen): { going: string[]; ended: string[] } {
  const going = (state: string): boolean => state === "active" || state === "suspended";
  const keys = [...chosen];
  return {
    going: keys.filter(([, state]) => going(state)).map(([key]) => key),
    ended: keys.filter(([, state]) => !going(state)).map(([key]) => key),
  };
}
