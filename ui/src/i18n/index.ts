// Words in both languages. English is the reference; a missing Chinese key is a type error and a failing test.
import i18next from "i18next";

import { en } from "./en";
import { zh } from "./zh";

export type Language = "en" | "zh";
const KEPT = "mainspring.language";

/** Start with the language that was chosen last, or the browser's. */
export function startLanguage(): void {
  const kept = localStorage.getItem(KEPT);
  const first: Language =
    kept === "zh" || kept === "en" ? kept : navigator.language.startsWith("zh") ? "zh" : "en";
  void i18next.init({
    lng: first,
    fallbackLng: "en",
    resources: { en: { translation: en }, zh: { translation: zh } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  document.documentElement.lang = first === "zh" ? "zh-CN" : "en";
}

export function chooseLanguage(language: Language): void {
  localStorage.setItem(KEPT, language);
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  void i18next.changeLanguage(language);
}

export function currentLanguage(): Language {
  return i18next.language === "zh" ? "zh" : "en";
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
