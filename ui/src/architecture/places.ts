// The places of the architecture as a tree that is opened and closed, and where each leads to.
import type { Shapes } from "../api/client";

export type Place = Shapes["ArchitecturePlace"];

/** Places above this level are open at first: the processes are in sight, their activities are not. */
const PROCESS = 3;

export interface Row {
  place: Place;
  /** Its name with those above it: stays the same when others come and go. */
  path: string;
  /** How many places are above it. */
  depth: number;
  /** Whether it is open; null when nothing is below it. */
  open: boolean | null;
}

/** Whether a place is open before anybody has touched it. */
export function opensByItself(place: Place): boolean {
  return place.level < PROCESS;
}

/**
 * The rows in sight.
 *
 * @param places parents before what is below them
 * @param turned paths that somebody has opened or closed against what they are by themselves
 */
export function rowsOf(places: readonly Place[], turned: ReadonlySet<string>): Row[] {
  const parents = new Set(places.map((one) => one.parent));
  const all: (Row & { seen: boolean })[] = [];
  places.forEach((place, number) => {
    const above = place.parent === null ? undefined : all[place.parent];
    const path = `${above?.path ?? ""}/${place.level} ${place.name}`;
    const open = parents.has(number) ? opensByItself(place) !== turned.has(path) : null;
    const seen = above === undefined || (above.seen && above.open === true);
    all.push({ place, path, depth: above === undefined ? 0 : above.depth + 1, open, seen });
  });
  return all.filter((one) => one.seen);
}

/** Processes that stand in one place alone, as a whole. */
export function wholeOf(places: readonly Place[]): ReadonlySet<string> {
  const tops = places
    .filter((one) => one.parent === null || places[one.parent]?.process !== one.process)
    .map((one) => one.process)
    .filter((process) => process !== null);
  return new Set(tops.filter((process) => tops.indexOf(process) === tops.lastIndexOf(process)));
}

export interface Ways {
  /** The diagram, at the activity where it is one. */
  name: string | null;
  /** The cases that are counted here. */
  cases: string | null;
  /** The tasks that are counted here, or the cases that they belong to. */
  tasks: string | null;
}

/** Where a place and its figures lead to; null where the figure is of more than one list can show. */
export function waysOf(place: Place, whole: ReadonlySet<string>): Ways {
  const { process, activity } = place;
  if (process === null) return { name: null, cases: null, tasks: null };
  const id = encodeURIComponent(process);
  if (activity !== null) {
    const at = encodeURIComponent(activity);
    const cases = `/cases?process=${id}&at=${at}`;
    return { name: `/processes/${id}?at=${at}`, cases, tasks: cases };
  }
  const name = `/processes/${id}`;
  if (!whole.has(process)) return { name, cases: null, tasks: null };
  return { name, cases: `/cases?process=${id}&state=active`, tasks: `/inbox?queue=all&process=${id}` };
}
