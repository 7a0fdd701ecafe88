// Words in both languages. English is the reference; a missing Chinese key is a type error and a failing test.
import i18next, { type TFunction } from "i18next";

import { firstLanguage, keepLanguage, type Language, loadWords } from "./loading";

export type { Language };
export type Translate = TFunction;

const SPACE = "translation";
void i18next.init({
  resources: {},
  fallbackLng: false,
  interpolation: { escapeValue: false },
  initAsync: false,
});
let wanted: Language | undefined;

async function speak(language: Language): Promise<void> {
  wanted = language;
  if (!i18next.hasResourceBundle(language, SPACE))
    i18next.addResourceBundle(language, SPACE, await loadWords(language));
  if (wanted !== language) return; // another one was chosen meanwhile
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  await i18next.changeLanguage(language);
}

/** Start with the language that was chosen last, or the browser's. */
export async function startLanguage(): Promise<void> {
  await speak(firstLanguage());
}

/** Read on in a language, as soon as its words are here; the choice is kept. */
export function chooseLanguage(language: Language): void {
  keepLanguage(language);
  speak(language).catch(() => dispatchEvent(new Event("mainspring.lacking")));
}

export function currentLanguage(): Language {
  return i18next.language === "zh" ? "zh" : "en";
}

/** Hear when another language is chosen; gives what ends it. */
export function onLanguage(hear: () => void): () => void {
  i18next.on("languageChanged", hear);
  return () => i18next.off("languageChanged", hear);
}

/** How words of a language are said; a key without words says the text that it was given, or itself. */
export function translator(language: Language): Translate {
  return i18next.getFixedT(language);
}

/** The part of a text that is in both languages ("English · 中文"), or of a title with `en` and `zh`. */
export function inLanguage(
  text: string | Record<string, string> | null | undefined,
  language: Language,
): string {
  if (text == null) return "";
  if (typeof text !== "string") return text[language] ?? text["en"] ?? Object.values(text)[0] ?? "";
  const parts = text.split(" · ");
  return parts.length === 2 ? ((language === "zh" ? parts[1] : parts[0]) ?? text) : text;
}
