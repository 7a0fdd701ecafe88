// The problems of a workbook, row by row.
import { expect, test } from "vitest";

import { problemsOf } from "./problems";

test("each row stands alone, also where its text has a semicolon", () => {
  const message = "row 3: a scene needs all its figures; cost are missing; row 5, Cost: too high; and 2 more";
  expect(problemsOf(message)).toEqual([
    "row 3: a scene needs all its figures; cost are missing",
    "row 5, Cost: too high",
    "and 2 more",
  ]);
});
