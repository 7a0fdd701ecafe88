// Which language is read first, and its words: a file of its own each, asked for beside the script of the workbench.
import type { Dictionary } from "./en";

export type Language = "en" | "zh";

const KEPT = "mainspring.language";

/** The language that was chosen last, or the browser's. */
export function firstLanguage(): Language {
  const kept = localStorage.getItem(KEPT);
  if (kept === "zh" || kept === "en") return kept;
  return navigator.language.startsWith("zh") ? "zh" : "en";
}

/** Keep the choice for the next time. */
export function keepLanguage(language: Language): void {
  localStorage.setItem(KEPT, language);
}

/** The words of a language; whoever asks again gets the same. */
export async function loadWords(language: Language): Promise<Dictionary> {
  return language === "zh" ? (await import("./zh")).zh : (await import("./en")).en;
}
