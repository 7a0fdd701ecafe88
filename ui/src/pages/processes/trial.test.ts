// A trial's input and its marks.
import { expect, test } from "vitest";

import { given, inputOf, trialMarks, valuesOf } from "./trial";

test("only a JSON object is taken for values", () => {
  expect(valuesOf('{"a": 1}')).toEqual({ a: 1 });
  expect(valuesOf("  ")).toEqual({});
  expect([valuesOf("[1]"), valuesOf("1"), valuesOf("{a"), valuesOf("null")]).toEqual([
    null,
    null,
    null,
    null,
  ]);
});

test("an incident is shown before a token, a token before what is done", () => {
  const count = { active: 1, completed: 1, terminated: 0 };
  const marks = trialMarks({
    state: "active",
    stopped: null,
    variables: {},
    elements: { a: count, b: count, c: { ...count, active: 0 } },
    steps: [],
    incidents: [{ element: "a", message: "no" }],
    waits_for: [],
  });
  expect([marks["a"]?.state, marks["b"]?.state, marks["c"]?.state]).toEqual([
    "incident",
    "active",
    "completed",
  ]);
});

test("an input is a number or truth value where it reads like one, else text", () => {
  expect(["5.5", "true", "", "refunds.approve", '"5"'].map(inputOf)).toEqual([
    5.5,
    true,
    null,
    "refunds.approve",
    "5",
  ]);
});

test("a field that is left empty gives no variable", () => {
  expect(given({ amount: "12.5", paid: "true", note: " ", name: "Ada" })).toEqual({
    amount: 12.5,
    paid: true,
    name: "Ada",
  });
});
