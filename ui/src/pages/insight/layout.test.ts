import { expect, test } from "vitest";

import type { ProcessMap } from "../../api/insight";
import { BEGIN, END, layout } from "./layout";

function map(...steps: [string | null, string | null, number][]): ProcessMap {
  const names = [...new Set(steps.flatMap(([one, other]) => [one, other]))].filter((one) => one !== null);
  return {
    activities: names.map((id) => ({ id, name: id, times: 1 })),
    paths: steps.map(([before, after, times]) => ({
      before,
      after,
      times,
      mean_s: 0,
      median_s: 0,
      p95_s: 0,
    })),
    all_activities: names.length,
    all_paths: steps.length,
  };
}

const depth = (found: ReturnType<typeof layout>, id: string): number =>
  found.nodes.find((one) => one.id === id)?.y ?? NaN;

test("a sequence runs from begin down to the end", () => {
  const found = layout(map([null, "a", 3], ["a", "b", 3], ["b", null, 3]));
  const depths = [BEGIN, "a", "b", END].map((id) => depth(found, id));
  expect(depths).toEqual([...depths].sort((one, other) => one - other));
  expect(new Set(depths).size).toBe(4);
});

test("the rarer way of a circle is the one that leads back", () => {
  const found = layout(map([null, "a", 9], ["a", "b", 9], ["b", "a", 2], ["b", null, 7]));
  expect(depth(found, "a")).toBeLessThan(depth(found, "b"));
  expect(found.ways).toHaveLength(4);
});

test("an activity that follows itself keeps its way", () => {
  const found = layout(map([null, "a", 1], ["a", "a", 4], ["a", null, 1]));
  expect(found.ways.some((one) => one.before === "a" && one.after === "a")).toBe(true);
});

test("everything stands within the picture and nothing on another", () => {
  const found = layout(map([null, "a", 1], ["a", "b", 1], ["a", "c", 1], ["b", null, 1], ["c", null, 1]));
  const places = new Set(found.nodes.map((one) => `${one.x} ${one.y}`));
  expect(places.size).toBe(found.nodes.length);
  expect(found.nodes.every((one) => one.x > 0 && one.x < found.width && one.y < found.height)).toBe(true);
});
