// Paths into values, and what goes back as an answer.
import { expect, test } from "vitest";

import { changed, type FormSchema, missing, valueAt, withValue } from "./schema";

const schema: FormSchema = {
  id: "f",
  components: [
    { id: "1", type: "textfield", key: "credit.reason", readonly: true },
    { id: "2", type: "textfield", key: "kind", validate: { required: true } },
    { id: "3", type: "dynamiclist", key: "lines", path: "lines", components: [] },
  ],
};

test("a path leads into nested values, and nowhere when they are not there", () => {
  expect(valueAt({ credit: { reason: "late" } }, "credit.reason")).toBe("late");
  expect(valueAt({ credit: "none" }, "credit.reason")).toBeUndefined();
});

test("a value is put at a path without touching the original", () => {
  const before = { a: { b: 1, c: 2 } };
  expect(withValue(before, "a.b", 3)).toEqual({ a: { b: 3, c: 2 } });
  expect(before.a.b).toBe(1);
});

test("required fields without a value are named", () => {
  expect(missing(schema, { kind: "" })).toEqual(["kind"]);
  expect(missing(schema, { kind: "order" })).toEqual([]);
});

test("only what differs and may be changed goes back", () => {
  const before = { kind: "order", lines: [{ sku: null }], credit: { reason: "late" } };
  const after = { kind: "order", lines: [{ sku: "A" }], credit: { reason: "other" } };
  expect(changed(schema, before, after)).toEqual({ lines: [{ sku: "A" }] });
});
