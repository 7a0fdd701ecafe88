// The words of the libraries that draw: bpmn-js and dmn-js speak English and ask a module for every other language.
import type { Language } from "../i18n";

/** Chinese by English, as a library writes it; places to fill in, such as {element}, are in both. */
export type Words = Readonly<Record<string, string>>;

type Translate = (text: string, filled?: Record<string, string | number>) => string;
/** A module as the libraries take it. */
export type Translating = { translate: ["value", Translate] };

/**
 * The module for a language. What has no Chinese stays English.
 *
 * A library asks when it draws: a drawing is made anew in another language, an editor keeps that of its opening.
 */
export function translating(language: Language, ...words: Words[]): Translating {
  const chinese = words
    .flatMap((one) => Object.entries(one))
    .map(([key, text]) => [plain(key), text] as const);
  const known = new Map(language === "zh" ? chinese : []);
  const translate: Translate = (text, filled = {}) =>
    (known.get(plain(text)) ?? text).replace(/\{([^}]+)\}/g, (hole, name: string) =>
      String(filled[name.trim()] ?? hole),
    );
  return { translate: ["value", translate] };
}

/** The module in each of the views of dmn-js, which takes none for all of them together. */
export function inViews(module: Translating): Record<View, { additionalModules: Translating[] }> {
  const own = { additionalModules: [module] };
  return { drd: own, decisionTable: own, literalExpression: own, boxedExpression: own };
}
type View = "drd" | "decisionTable" | "literalExpression" | "boxedExpression";

/** The libraries write the same words in several ways: "Event sub-process", "Event Sub Process", "Decision name: ". */
export function plain(text: string): string {
  return text.toLowerCase().replaceAll("-", " ").trim();
}
