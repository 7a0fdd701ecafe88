// What "this" means on each page, and which questions are offered there.
import { expect, test } from "vitest";

import { en } from "../i18n/en";
import { examplesFor, NOTHING, screenOf } from "./asking";

test("a page says what it shows", () => {
  expect(screenOf("/cases/42")).toEqual({ ...NOTHING, case: "42" });
  expect(screenOf("/inbox/7")).toEqual({ ...NOTHING, task: "7" });
  expect(screenOf("/team/bookkeeper")).toEqual({ ...NOTHING, employee: "bookkeeper" });
  expect(screenOf("/team/bookkeeper/promise")).toEqual({ ...NOTHING, employee: "bookkeeper" });
  expect(screenOf("/processes/lead_to_cash")).toEqual({ ...NOTHING, process: "lead_to_cash" });
});

test("lists and decisions show no single thing", () => {
  for (const path of [
    "/",
    "/cases",
    "/inbox",
    "/processes",
    "/processes/decisions",
    "/processes/decisions/credit",
  ])
    expect(screenOf(path)).toEqual(NOTHING);
});

test("every question that is offered has words", () => {
  const known = Object.keys(en.copilot.example);
  for (const screen of [{}, { case: "1" }, { task: "1" }, { employee: "a" }, { process: "b" }])
    for (const one of examplesFor({ ...NOTHING, ...screen })) expect(known).toContain(one);
});
