// The tree of the architecture: what is in sight, and where each place leads to.
import { expect, test } from "vitest";

import { type Place, rowsOf, waysOf, wholeOf } from "./places";

const NOTHING = {
  running: 0,
  waiting: 0,
  waiting_for: [],
  late: 0,
  incidents: 0,
  penetration: null,
  aar: null,
  money: [],
};

function place(level: number, name: string, parent: number | null, of: Partial<Place> = {}): Place {
  return { ...NOTHING, level, name, parent, process: null, activity: null, ...of };
}

const PLACES = [
  place(1, "Sell", null),
  place(2, "Customers", 0),
  place(3, "Lead to cash", 1, { process: "sale" }),
  place(5, "Price", 2, { process: "sale", activity: "price" }),
  place(2, "Money", 0),
  place(3, "Lead to cash", 4, { process: "sale" }),
  place(3, "Questions", 0, { process: "ask" }),
  place(5, "Answer", 6, { process: "ask", activity: "answer it" }),
];

test("processes are in sight at first, their activities when somebody opens them", () => {
  const names = (turned: string[]): string[] =>
    rowsOf(PLACES, new Set(turned)).map((row) => `${row.depth} ${row.place.name}`);
  const first = ["0 Sell", "1 Customers", "2 Lead to cash", "1 Money", "2 Lead to cash", "1 Questions"];
  expect(names([])).toEqual(first);
  expect(names(["/1 Sell/2 Customers/3 Lead to cash"])).toContain("3 Price");
  expect(names(["/1 Sell/2 Customers"])).toEqual(first.filter((_, at) => at !== 2));
  expect(names(["/1 Sell"])).toEqual(["0 Sell"]);
});

test("what nothing is below cannot be opened", () => {
  expect(rowsOf(PLACES, new Set()).map((row) => row.open)).toEqual([true, true, false, true, null, false]);
});

test("figures of a process lead to its lists only where all of it stands in one place", () => {
  const whole = wholeOf(PLACES);
  expect([...whole]).toEqual(["ask"]);
  const [sell, , part, price, , , questions, answer] = PLACES.map((one) => waysOf(one, whole));
  expect(sell).toEqual({ name: null, cases: null, tasks: null });
  expect(part).toEqual({ name: "/processes/sale", cases: null, tasks: null });
  expect(price?.cases).toBe("/cases?process=sale&at=price");
  expect(questions?.cases).toBe("/cases?process=ask&state=active");
  expect(questions?.tasks).toBe("/inbox?queue=all&process=ask");
  expect(answer?.name).toBe("/processes/ask?at=answer%20it");
});
