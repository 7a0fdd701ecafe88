// Names of tables made of files, and how fields may be filled.
import { expect, test } from "vitest";

import { BY_MODEL, FILLS, nameOf, plain, SORTS } from "./fields";

test("a file's name becomes a name that processes can use, in any script", () => {
  expect(nameOf("Questions of March.xlsx")).toBe("Questions-of-March");
  expect(nameOf("客户 问题(3).csv")).toBe("客户-问题-3");
  expect(nameOf("???.xlsx")).toBe("table");
  expect(nameOf(`${"a".repeat(200)}.csv`)).toHaveLength(100);
});

test("every type has a way to be filled, and only texts are written by a model", () => {
  for (const sort of SORTS) {
    expect(FILLS[sort].length).toBeGreaterThan(0);
    if (sort !== "text") expect(FILLS[sort].some((fill) => BY_MODEL.has(fill))).toBe(false);
  }
});

test("a plain field is filled in by people", () => {
  expect(plain("Question").fill_from).toEqual([]);
});
