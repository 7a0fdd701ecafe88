// Places in the picture of value and difficulty.
import { expect, test } from "vitest";

import type { Scene } from "../../api/plan";
import { along, dots, HIGH, RADIUS, SIZE } from "./quadrant";

const scene = (row: number, value: number, difficulty: number): Scene => ({
  row,
  value,
  difficulty,
  title: "",
  process: "",
  activity: "",
  quadrant: "quick_win",
  certainty: 1,
});

test("the border between low and high is the middle of the picture", () => {
  expect(along(HIGH)).toBe(SIZE / 2);
});

test("more value is higher up, more difficulty further to the right", () => {
  const [easy, hard] = dots([scene(0, 5, 1), scene(1, 1, 5)]);
  expect(easy?.y).toBeLessThan(hard?.y ?? 0);
  expect(easy?.x).toBeLessThan(hard?.x ?? 0);
});

test("scenes with the same figures can be told apart", () => {
  const placed = dots([scene(0, 3, 3), scene(1, 3, 3), scene(2, 3, 3)]);
  for (const [place, one] of placed.entries())
    for (const other of placed.slice(place + 1))
      expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThanOrEqual(RADIUS);
});
