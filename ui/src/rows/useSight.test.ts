// Only rows in sight are drawn, some more ahead, and never one that is not there.
import { expect, test } from "vitest";

import { drawn, seen } from "./useSight";

test("a row counts as seen when any pixel of it is", () => {
  expect(seen(0, 100, 50)).toEqual({ first: 0, last: 1 });
  expect(seen(49, 100, 50)).toEqual({ first: 0, last: 2 });
  expect(seen(50, 100, 50)).toEqual({ first: 1, last: 2 });
  expect(seen(0, 0, 50)).toEqual({ first: 0, last: 0 });
});

test("rows ahead are drawn on both sides, within the list", () => {
  expect(drawn(100, 20, 22, 2)).toEqual([18, 19, 20, 21, 22, 23, 24]);
  expect(drawn(100, 0, 1, 2)).toEqual([0, 1, 2, 3]);
  expect(drawn(5, 2, 4, 10)).toEqual([0, 1, 2, 3, 4]);
});

test("a list that became shorter than what was seen shows its end, an empty one nothing", () => {
  expect(drawn(3, 50, 60, 1)).toEqual([1, 2]);
  expect(drawn(0, 0, 9, 10)).toEqual([]);
});
