// The heat map shows each figure with its place between the smallest and the largest.
import { expect, test } from "vitest";

import { heatMarks, type Node } from "./heat";

const node = (completed: number): Node => ({
  name: "n",
  process: "p",
  completed,
  touched: 0,
  calls_by_ai: 0,
  calls_by_people: 0,
  penetration: null,
  aar: null,
  straight_through: null,
  first_time_right: null,
  rework: null,
  sla: null,
  cost_to_serve: null,
  cycle_time_median_s: null,
  cost: 0,
});

test("the smallest figure is cold and the largest is warm", () => {
  const marks = heatMarks({ a: node(10), b: node(20), c: node(30) }, "completed", String);
  expect(marks["a"]?.heat).toEqual({ text: "10", warmth: 0 });
  expect(marks["b"]?.heat?.warmth).toBe(0.5);
  expect(marks["c"]?.heat?.warmth).toBe(1);
});

test("an activity without a figure has no mark", () => {
  expect(heatMarks({ a: node(1) }, "penetration", String)).toEqual({});
});
