// Both languages are complete: every key and every placeholder of one is in the other.
import { expect, test } from "vitest";

import { inLanguage, translator } from ".";
import { en } from "./en";
import { zh } from "./zh";

type Words = { [key: string]: string | Words };

function flat(words: Words, prefix = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(words)) {
    if (typeof value === "string") found.set(prefix + key, value);
    else for (const [inner, text] of flat(value, `${prefix}${key}.`)) found.set(inner, text);
  }
  return found;
}

const holes = (text: string): string[] => (text.match(/\{\{\w+\}\}/g) ?? []).sort();
const english = flat(en);
const chinese = flat(zh);

test("every word of one language is in the other", () => {
  expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
});

test("a text has the same places to fill in both languages", () => {
  for (const [key, text] of english) expect([key, holes(chinese.get(key) ?? "")]).toEqual([key, holes(text)]);
});

test("words are found by their key, with their places filled in", () => {
  const t = translator("en");
  expect(t("place.inbox")).toBe(en.place.inbox);
  expect(t("signIn.with", { name: "A$&B" })).toBe("Sign in with A$&B");
});

test("one is said differently from several where the language does", () => {
  const t = translator("en");
  expect(t("cases.count", { count: 1, shown: "1" })).toBe("1 case");
  expect(t("cases.count", { count: 1200, shown: "1,200" })).toBe("1,200 cases");
});

test("a key without words says what it was given, or itself", () => {
  const t = translator("en");
  expect(t("group.own_group", "own group")).toBe("own group");
  expect(t("group.sales", "never said")).toBe(en.group.sales);
  expect(t("group.constructor")).toBe("group.constructor");
});

test("a text in both languages shows the reader's part", () => {
  expect(inLanguage("Amount · 金额", "zh")).toBe("金额");
  expect(inLanguage("Amount · 金额", "en")).toBe("Amount");
  expect(inLanguage({ en: "Quote", zh: "报价" }, "zh")).toBe("报价");
  expect(inLanguage("Name", "zh")).toBe("Name");
});
