// The authority ladder in words.
import { expect, test } from "vitest";

import { condition, demand, plain } from "./ladder";

test("a comparison of an amount becomes a phrase with the number", () => {
  expect(condition("amount", "<=2000")).toEqual({ key: "amount.upTo", values: { value: "2000" } });
  expect(condition("confidence", ">= 0.95")).toEqual({
    key: "confidence.atLeast",
    values: { value: "0.95" },
  });
  expect(condition("amount", "(500..1000]")).toEqual({
    key: "amount.between",
    values: { low: "500", high: "1000" },
  });
});

test("what nobody foresaw stays as it is written", () => {
  expect(condition("amount", "not(5)")).toEqual({
    key: "other",
    values: { name: "amount", value: "not(5)" },
  });
});

test("what is asked for names the number and the role", () => {
  expect(demand({ requirement: '"confirm"', confirmations: "2", role: '"sales_manager"' })).toEqual({
    key: "then.confirm",
    values: { count: "2", role: "sales_manager", requirement: "confirm" },
  });
  expect(demand({ requirement: '"ask the oracle"' }).key).toBe("then.other");
});

test("quotes are taken off a text only", () => {
  expect(plain('"a"')).toBe("a");
  expect(plain("17")).toBe("17");
  expect(plain(undefined)).toBe("");
});
