// Only what changed on a diagram is touched.
import { beforeEach, expect, test } from "vitest";

import { Marking, type Surface } from "./shown";

let done: string[];
let placed: Map<string, HTMLElement>;
let marking: Marking;

beforeEach(() => {
  done = [];
  placed = new Map();
  const surface: Surface = {
    has: (id) => id !== "gone",
    addMarker: (id, marker) => done.push(`+${id} ${marker}`),
    removeMarker: (id, marker) => done.push(`-${id} ${marker}`),
    addOverlay: (id, html) => {
      done.push(`+${id} ${html.textContent}`);
      placed.set(id, html);
      return id;
    },
    removeOverlay: (id) => done.push(`-${id}`),
  };
  marking = new Marking(surface);
});

test("the same marks again touch nothing", () => {
  marking.show({ a: { active: 1 }, b: { state: "completed" } }, null);
  done = [];
  marking.show({ a: { active: 1 }, b: { state: "completed" } }, null);
  expect(done).toEqual([]);
});

test("a changed figure is written where it stands, and nothing is placed anew", () => {
  marking.show({ a: { active: 1 }, b: { active: 2 } }, null);
  done = [];
  marking.show({ a: { active: 1 }, b: { active: 3 } }, null);
  expect(done).toEqual([]);
  expect([...placed].map(([id, html]) => [id, html.textContent])).toEqual([
    ["a", "1"],
    ["b", "3"],
  ]);
});

test("what is no longer marked loses state and badges; what is not drawn is left alone", () => {
  marking.show({ a: { state: "incident", incidents: 1 }, gone: { active: 1 } }, null);
  done = [];
  marking.show({}, null);
  expect(done).toEqual(["-a is-incident", "-a"]);
});

test("the selection moves from one element to the next", () => {
  marking.show({}, "a");
  marking.show({}, "b");
  marking.show({}, null);
  expect(done).toEqual(["+a is-selected", "-a is-selected", "+b is-selected", "-b is-selected"]);
});
