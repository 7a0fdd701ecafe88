// Reasons of the server become words, each kind once.
import { expect, test } from "vitest";

import { mattersOf } from "./matters";

test("each kind of reason is named once, in one order", () => {
  expect(
    mattersOf(["negation removed: not", "figure 30 → 60", "figure 2 → 3", "duty or choice added: may"]),
  ).toEqual(["figure", "negation", "duty"]);
});

test("a mere wording has no reason", () => {
  expect(mattersOf([])).toEqual([]);
});
