// Names of a model in the language of the reader.
import { expect, test } from "vitest";

import { calledIn, formOf, localised, namesOf, startFormOf } from "./names";

const MODEL = `<definitions xmlns="b" xmlns:zeebe="z"><process id="p" name="Sell · 销售">
  <task id="t" name="Write the quote"><extensionElements><zeebe:properties>
    <zeebe:property name="name.zh" value="撰写报价"/></zeebe:properties></extensionElements></task>
  <startEvent id="s"><extensionElements><zeebe:formDefinition formId="order"/></extensionElements></startEvent>
  <sequenceFlow id="f" sourceRef="t" targetRef="u"/>
  <task id="u" name="Ship"><extensionElements><zeebe:formDefinition formId="ship_it"/></extensionElements></task></process></definitions>`;

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

test("the form of an activity is found, and none where there is none", () => {
  expect(formOf(MODEL, "u")).toBe("ship_it");
  expect(formOf(MODEL, "t")).toBeUndefined();
  expect(formOf(MODEL, "nowhere")).toBeUndefined();
});

test("an element is called by its name, an unnamed flow by its ends, anything else by its id", () => {
  const called = calledIn(MODEL, "zh");
  expect(["t", "f", "nowhere"].map(called)).toEqual(["撰写报价", "撰写报价 → Ship", "nowhere"]);
  expect(calledIn("", "en")("t")).toBe("t");
});

test("the form that a process is begun with is that of its start event", () => {
  expect(startFormOf(MODEL, "p")).toBe("order");
  expect(startFormOf(MODEL, "t")).toBeUndefined();
});
