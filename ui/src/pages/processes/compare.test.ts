// Two versions of a model compared by what they say, not by how they are drawn.
import { expect, test } from "vitest";

import { differences } from "./compare";

const model = (inner: string, ids: string[], x = 1): string =>
  `<d:definitions xmlns:d="urn:bpmn" xmlns:i="urn:di"><d:process id="p">${inner}</d:process>
   ${ids.map((id) => `<i:shape id="${id}_di" bpmnElement="${id}"><i:bounds x="${x}"/></i:shape>`).join("")}
   </d:definitions>`;

test("what is new, gone and different is told apart", () => {
  const before = model('<d:task id="a" name="A"/><d:task id="b" name="B"/>', ["a", "b"]);
  const after = model('<d:task id="a" name="A2"/><d:task id="c" name="C"/>', ["a", "c"]);
  expect(differences(before, after)).toEqual({ added: ["c"], removed: ["b"], changed: ["a"] });
});

test("moving an element or joining it to others changes nothing of it", () => {
  const before = model('<d:task id="a" name="A"/>', ["a"], 1);
  const after = model('<d:task name="A" id="a"><d:incoming>f</d:incoming></d:task>', ["a"], 99);
  expect(differences(before, after)).toEqual({ added: [], removed: [], changed: [] });
});

test("what stands inside an element belongs to it, but for parts that are drawn themselves", () => {
  const task = (rule: string): string =>
    `<d:sub id="s"><d:task id="a"><d:ext><d:property name="gene.rules" value="${rule}"/></d:ext></d:task></d:sub>`;
  const found = differences(model(task("x"), ["s", "a"]), model(task("y"), ["s", "a"]));
  expect(found.changed).toEqual(["a"]);
});
