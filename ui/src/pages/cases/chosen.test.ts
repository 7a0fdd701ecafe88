// Chosen cases: who goes on can be cancelled, who has ended can be deleted.
import { expect, test } from "vitest";

import { type Chosen, kinds, turned } from "./chosen";

const NOBODY: Chosen = new Map();

test("a case is chosen, and chosen no longer", () => {
  const one = { key: "1", state: "active" };
  expect([...turned(NOBODY, one).keys()]).toEqual(["1"]);
  expect([...turned(turned(NOBODY, one), one)]).toEqual([]);
});

test("paused cases go on, stopped cases have ended", () => {
  const states = ["active", "suspended", "completed", "terminated"];
  const chosen = new Map(states.map((state, key) => [String(key), state]));
  expect(kinds(chosen)).toEqual({ going: ["0", "1"], ended: ["2", "3"] });
});
