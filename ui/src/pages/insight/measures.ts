// The measures of a cut: their names, how they are written, and which cases stand behind each.
import type { Conditions, Cut } from "../../api/insight";

export const MEASURES = [
  "penetration",
  "aar",
  "straight",
  "cost",
  "cycle",
  "wait",
  "touch",
  "sla",
  "rework",
  "right",
  "fcr",
  "head",
] as const;
export type Measure = (typeof MEASURES)[number];

export const VALUE: Record<Measure, (cut: Cut) => number | null> = {
  penetration: (cut) => cut.penetration,
  aar: (cut) => cut.aar,
  straight: (cut) => cut.straight_through,
  cost: (cut) => cut.cost_to_serve,
  cycle: (cut) => cut.cycle_time_median_s,
  wait: (cut) => cut.waiting_time_median_s,
  touch: (cut) => cut.touch_time_s,
  sla: (cut) => cut.sla,
  rework: (cut) => cut.rework,
  right: (cut) => cut.first_time_right,
  fcr: (cut) => cut.first_contact_resolution,
  head: (cut) => cut.per_head,
};

/** Cases that the measure speaks of; for coverage, punctuality and rework those that make it worse. */
export const BEHIND: Record<Measure, Conditions> = {
  penetration: {},
  aar: { having: "touched" },
  straight: { having: "untouched" },
  cost: {},
  cycle: { having: "ended" },
  wait: { having: "ended" },
  touch: { having: "touched" },
  sla: { having: "overdue" },
  rework: { having: "repeated" },
  right: { having: "right" },
  fcr: {},
  head: { having: "ended" },
};

/** An amount to the cent, never minus nothing. */
export function cents(value: number): number {
  return Math.round(value * 100) / 100 || 0;
}

interface Formats {
  number: (value: number) => string;
  share: (value: number | null) => string;
  span: (value: number | null) => string;
  money: (value: number | null, currency: string) => string;
}

const SPANS: ReadonlySet<Measure> = new Set(["cycle", "wait", "touch"]);

/** How a measure is written. */
export function written(measure: Measure, value: number | null, currency: string, formats: Formats): string {
  if (measure === "cost") return formats.money(value, currency);
  if (measure === "head") return value === null ? "–" : formats.number(Math.round(value * 10) / 10);
  return SPANS.has(measure) ? formats.span(value) : formats.share(value);
}
