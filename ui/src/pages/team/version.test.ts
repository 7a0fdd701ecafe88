// A new version is the old definition with what the form changed, and nothing else.
import { describe, expect, test } from "vitest";

import type { Definition } from "../../api/employees";
import { changed, given, lineAt } from "./version";

const CLERK: Definition = {
  id: "clerk",
  title: { en: "Clerk", zh: "文员" },
  instructions: "Write.\n",
  version: 2,
  audit_share: "0.05",
  authority: "A5",
  operations: ["quotes.create"],
  duties: { write: { skill: "write", alone_from: 0.9, review: { group: "sales" } } },
};

describe("a new version", () => {
  test("is the same where nothing was changed", () => {
    const made = changed(CLERK, given(CLERK));
    expect(made).toMatchObject({ id: "clerk", version: 2, operations: ["quotes.create"], audit_share: 0.05 });
    expect(made.duties["write"]).toMatchObject({
      alone_from: 0.9,
      risk_target: null,
      review: { group: "sales" },
    });
  });

  test("promises the share of errors that was given in hundredths", () => {
    const made = changed(CLERK, { ...given(CLERK), target: { write: 2 } });
    expect(made.duties["write"]?.risk_target).toBe(0.02);
  });
});

describe("a line of a text", () => {
  test("is found by its number, the last one too", () => {
    const text = "one\ntwo\nthree";
    const at = (line: number) => text.slice(...lineAt(text, line));
    expect([at(1), at(2), at(3), at(9)]).toEqual(["one", "two", "three", ""]);
  });
});
