// The heat map: a figure of each activity, written as text, with its warmth among the others.
import type { Shapes } from "../../api/client";
import type { Marks } from "../../diagram/marks";

export type Node = Shapes["NodeFigures"];
export const HEATS = ["completed", "penetration", "cycle", "cost"] as const;
export type Heat = (typeof HEATS)[number];

const FIGURES: Record<Heat, (node: Node) => number | null> = {
  completed: (node) => node.completed,
  penetration: (node) => node.penetration,
  cycle: (node) => node.cycle_time_median_s,
  cost: (node) => node.cost_to_serve,
};

/** Marks for a diagram; warmth runs from the smallest (0) to the largest (1) figure. */
export function heatMarks(nodes: Record<string, Node>, heat: Heat, write: (value: number) => string): Marks {
  const figures = Object.entries(nodes)
    .map(([element, node]) => [element, FIGURES[heat](node)] as const)
    .filter((one): one is readonly [string, number] => one[1] !== null);
  const values = figures.map(([, value]) => value);
  const least = Math.min(...values);
  const range = Math.max(...values) - least || 1;
  return Object.fromEntries(
    figures.map(([element, value]) => [
      element,
      { heat: { text: write(value), warmth: (value - least) / range } },
    ]),
  );
}
