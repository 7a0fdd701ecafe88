// The place of a value in a document.
import { expect, test } from "vitest";

import { type Block, marksOn, rangesIn, wordingAt, wordingsOf } from "./places";

const PLACE = { part: "", line: null, page: 1, box: null, sheet: "", cell: "" };

test("texts of a suggestion are looked for, our own words and short ones are not", () => {
  const values = { kind: "order", order_no: "PO-7", lines: [{ text: "Hex bolt M8", unit: "pcs", sku: "A" }] };
  expect(wordingsOf(values)).toEqual(["PO-7", "Hex bolt M8"]);
});

test("spacing, case and punctuation do not matter, and the range is that of the original", () => {
  const text = "Please send hex-bolt  M8 today";
  const [range] = rangesIn(text, ["Hex bolt M8"]);
  expect(text.slice(range?.start, range?.end)).toBe("hex-bolt  M8");
});

test("Chinese is found across its own spaces, in whole signs", () => {
  const text = "高强度螺栓 M12x60 １０.９级，共600套";
  const [range] = rangesIn(text, ["高强度螺栓 M12x6010.9级"]);
  expect(text.slice(range?.start, range?.end)).toBe("高强度螺栓 M12x60 １０.９级");
});

test("of two that overlap the longer one is marked", () => {
  expect(rangesIn("bolt M8 zinc", ["bolt M8", "bolt M8 zinc"]).map((one) => one.wording)).toEqual([
    "bolt M8 zinc",
  ]);
});

test("a wording that runs over two cells marks both, and no cell of another row", () => {
  const wordings = ["Hex bolt M8x40"];
  expect(wordingAt("Hex bolt", "Hex bolt M8x40 500", wordings)).toBe("Hex bolt M8x40");
  expect(wordingAt("500", "Hex bolt M8x40 500", wordings)).toBeUndefined();
  expect(wordingAt("Hex bolt", "Hex bolt M10 500", wordings)).toBeUndefined();
});

test("marks stand where the boxes of their lines are, on their own page", () => {
  const block: Block = {
    text: "Order\nHex bolt M8",
    role: "body",
    rows: [],
    place: PLACE,
    boxes: [[[0, 0, 1, 0.1]], [[0.1, 0.1, 0.5, 0.2]]],
  };
  expect(marksOn(1, [block], ["hex bolt m8"])).toEqual([
    { box: [0.1, 0.1, 0.5, 0.2], wording: "hex bolt m8" },
  ]);
  expect(marksOn(2, [block], ["hex bolt m8"])).toEqual([]);
});
