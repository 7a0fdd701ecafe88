// The address of the cases behind a figure, and its conditions read back.
import { type Condition, type Conditions, CONDITIONS } from "../../api/insight";

export function addressOf(conditions: Conditions): string {
  const search = new URLSearchParams();
  for (const name of CONDITIONS) {
    const value = conditions[name];
    if (value !== undefined && value !== "") search.set(name, value);
  }
  return `/insight/cases?${search.toString()}`;
}

export function conditionsOf(search: URLSearchParams): Conditions {
  const known = CONDITIONS.map((name) => [name, search.get(name)] as const);
  return Object.fromEntries(known.filter((one): one is readonly [Condition, string] => one[1] !== null));
}

/** The first day of a moment's period, as the server takes it. */
export function dayOf(moment: string): string {
  return moment.slice(0, 10);
}
