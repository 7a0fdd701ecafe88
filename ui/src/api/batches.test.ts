// Operations on many: asked portion by portion, and told in few words.
import { expect, test } from "vitest";

import { inPortions, outcomeOf } from "./batches";

const item = (key: string, why = "") => ({ key, instance: key, done: why === "", why });
const PORTIONS: Record<string, { items: ReturnType<typeof item>[]; next: string | null }> = {
  "0": { items: [item("1"), item("2", "it has ended")], next: "2" },
  "2": { items: [item("3", "it has ended")], next: null },
};

test("one portion is asked for after the other until none follows", async () => {
  const asked: string[] = [];
  const items = await inPortions((after) => {
    asked.push(after);
    const { items: some, next } = PORTIONS[after] ?? { items: [], next: null };
    return Promise.resolve({ total: 3, done: 0, refused: 0, items: some, next });
  });
  expect(asked).toEqual(["0", "2"]);
  expect(outcomeOf(items)).toEqual({ done: 1, refused: ["it has ended"] });
});
