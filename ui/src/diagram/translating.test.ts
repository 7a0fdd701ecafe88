// The libraries that draw speak Chinese: whatever they ask for in their code, as installed, has its words.
import { beforeAll, expect, test } from "vitest";

import { asked, type Asked, type Known, shipped } from "./asked";
import { plain, translating, type Words } from "./translating";
import { CELLS } from "./words/cells";
import { DECISIONS } from "./words/decisions";
import { DRAWING } from "./words/drawing";
import { ELEMENTS } from "./words/elements";
import { PROPERTIES } from "./words/properties";
import { VIEWER } from "./words/viewer";

/** What each drawing is made of, and the words that it is given. */
const DRAWINGS: [string, string, Words[]][] = [
  ["the process modeller", "src/pages/processes/modelling.ts", [VIEWER, DRAWING, ELEMENTS, PROPERTIES]],
  ["the editor of decisions", "src/pages/processes/tabling.ts", [DECISIONS, CELLS]],
  ["a process looked at", "node_modules/bpmn-js/lib/NavigatedViewer.js", [VIEWER]],
  ["a decision looked at", "node_modules/dmn-js/lib/NavigatedViewer.js", [DECISIONS]],
];

const types: Known[string] = (constant) => constant("DEFAULT_DATA_TYPES").texts;
/** A title or label of an entry, which is read where the entry is written. */
const entry: Known[string] = () => [];

/** What the libraries put together at run time. */
const KNOWN: Known = {
  alignment: (constant) => constant("ALIGNMENT_OPTIONS").texts,
  'concreteType.replace(/(\\B[A-Z])/g, " $1").replace(/(\\bNon Interrupting)/g, "($1)")': (constant) =>
    constant("iconsByType").fields.map((type) =>
      type.replace(/(\B[A-Z])/g, " $1").replace(/(\bNon Interrupting)/g, "($1)"),
    ),
  errorMessage: (constant) => ["validateId", "validateIdFormat"].flatMap((name) => constant(name).texts),
  t: types,
  type: types,
  typeRef: types,
  "inputExpression.typeRef": types,
  'variable.get("typeRef")': types,
  title: entry,
  "replaceOption.label": entry,
  "definition.label": entry,
  "entry.label": entry,
  "hitPolicyEntry.label": entry,
  "hitPolicyEntry.explanation": entry,
  "template.name": entry, // templates of elements, which we do not offer, bring their own names
};

/** What stays as it is. */
const SAME = new Set([
  ...["function", "for", "every", "some", "if", "context", "null", "true", "false"], // words of FEEL itself
  ...["FEEL", "Java", "PMML", "-"], // names, and the sign for "not looked at"
  "Remove item", // dmn-js shows it without asking
]);

/** What each drawing asks for. */
const found = new Map<string, Asked>();
const nothing: Asked = { texts: new Set(), unread: new Set() };

beforeAll(async () => {
  for (const [name, from] of DRAWINGS) found.set(name, asked(await shipped(from), KNOWN));
}, 120_000);

test.each(DRAWINGS)("%s has Chinese for all that it asks", (name, _, words) => {
  const { texts, unread } = found.get(name) ?? nothing;
  expect([...unread]).toEqual([]);
  expect(texts.size).toBeGreaterThan(0);
  const known = new Set(words.flatMap((one) => Object.keys(one).map(plain)));
  expect([...texts].filter((text) => !known.has(plain(text)) && !SAME.has(text))).toEqual([]);
});

test("there are no words for what nobody asks", () => {
  const wanted = new Set([...found.values()].flatMap(({ texts }) => [...texts].map(plain)));
  const said = [VIEWER, DRAWING, PROPERTIES, DECISIONS, CELLS].flatMap((one) => Object.keys(one));
  expect(said.filter((text) => !wanted.has(plain(text)))).toEqual([]);
});

test("a text has the same places to fill in, in both languages", () => {
  const holes = (text: string): string[] =>
    (text.match(/\{[^}]+\}/g) ?? []).map((one) => one.replaceAll(" ", ""));
  for (const words of [VIEWER, DRAWING, ELEMENTS, PROPERTIES, DECISIONS, CELLS])
    for (const [text, chinese] of Object.entries(words))
      expect([text, holes(chinese)]).toEqual([text, holes(text)]);
});

test("a library is answered in the reader's language; what has no Chinese stays English", () => {
  const words = { "Open {element}": "打开“{element}”", "Event sub-process": "事件子流程" };
  const [, chinese] = translating("zh", words).translate;
  const [, english] = translating("en", words).translate;
  expect(chinese("Open {element}", { element: "报价" })).toBe("打开“报价”");
  expect(english("Open {element}", { element: "Quote" })).toBe("Open Quote");
  expect(chinese("Event Sub Process")).toBe("事件子流程");
  expect(chinese("Something {new}")).toBe("Something {new}");
});
