import { expect, test } from "vitest";

import { addressOf, conditionsOf, dayOf } from "./behind";

test("conditions stand in the address and are read back from it", () => {
  const conditions = { process: "lead_to_cash", customer: "示例 & Söhne", having: "late" };
  const [path, search = ""] = addressOf(conditions).split("?");
  expect(path).toBe("/insight/cases");
  expect(conditionsOf(new URLSearchParams(search))).toEqual(conditions);
});

test("empty conditions are left out", () => {
  expect(addressOf({ process: "a", node: "" })).toBe("/insight/cases?process=a");
});

test("what no figure names is not asked for", () => {
  expect(conditionsOf(new URLSearchParams("process=a&evil=1"))).toEqual({ process: "a" });
});

test("a period is named by its first day", () => {
  expect(dayOf("2026-01-05T00:00:00+00:00")).toBe("2026-01-05");
});
