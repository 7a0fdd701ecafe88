// Names of a model in the language of the reader.
import { expect, test } from "vitest";

import { localised, namesOf } from "./names";

const MODEL = `<definitions xmlns="b" xmlns:zeebe="z"><process id="p" name="Sell · 销售">
  <task id="t" name="Write the quote"><extensionElements><zeebe:properties>
    <zeebe:property name="name.zh" value="撰写报价"/></zeebe:properties></extensionElements></task>
  <task id="u" name="Ship"/></process></definitions>`;

test("an element has both names where the model says both", () => {
  expect(namesOf(MODEL).get("t")).toBe("Write the quote · 撰写报价");
  expect(namesOf(MODEL).get("u")).toBe("Ship");
});

test("the drawing speaks one language", () => {
  const chinese = localised(MODEL, "zh");
  expect(chinese).toContain('name="撰写报价"');
  expect(chinese).toContain('name="销售"');
  expect(chinese).toContain('name="Ship"');
  expect(localised(MODEL, "en")).toContain('name="Sell"');
});
