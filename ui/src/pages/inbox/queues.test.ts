// Filters of the inbox in addresses and questions.
import { expect, test } from "vitest";

import { asked, filterOf, searchOf } from "./queues";

test("a filter survives the way through an address", () => {
  const filter = { queue: "money", words: "bolt & nut", process: "lead_to_cash" } as const;
  expect(filterOf(new URLSearchParams(searchOf(filter)))).toEqual(filter);
});

test("what asks for nothing stands in no address", () => {
  expect(searchOf({ queue: "mine", words: "", process: "" })).toBe("");
});

test("an unknown queue is my own", () => {
  expect(filterOf(new URLSearchParams("queue=nonsense")).queue).toBe("mine");
});

test("a queue says kind, lateness and whose", () => {
  expect(asked({ queue: "reviews", words: "", process: "" })).toEqual({ scope: "mine", kind: "review" });
  expect(asked({ queue: "late", words: "x", process: "" })).toEqual({
    scope: "mine",
    late: true,
    words: "x",
  });
  expect(asked({ queue: "all", words: "", process: "p" })).toEqual({ scope: "all", process_id: "p" });
});
