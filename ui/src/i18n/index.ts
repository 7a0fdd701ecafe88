// Words in both languages. English is the reference; a missing Chinese key is a type error and a failing test.
import type { Dictionary } from "./en";
import { firstLanguage, keepLanguage, type Language, loadWords } from "./loading";

export type { Language };
/**
 * Words of a key ("inbox.title") with its places filled in ("{{name}}"); `count` chooses between one and several. Keys of
 * what a company names itself may have no words: then it is said as given instead of values.
 */
export type Translate = (key: string, values?: Values | string) => string;

type Values = Readonly<Record<string, string | number | null | undefined>>;

interface Words {
  [key: string]: string | Words;
}

const loaded = new Map<Language, Dictionary>();
const listeners = new Set<() => void>();
let current: Language = "en";
let wanted: Language = current;

async function speak(language: Language): Promise<void> {
  wanted = language;
  if (!loaded.has(language)) loaded.set(language, await loadWords(language));
  if (wanted !== language) return; // another one was chosen meanwhile
  current = language;
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  listeners.forEach((hear) => hear());
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
  return current;
}

/** Hear when another language is chosen; gives what ends it. */
export function onLanguage(hear: () => void): () => void {
  listeners.add(hear);
  return () => listeners.delete(hear);
}

function find(key: string, language: Language): string | undefined {
  let found: string | Words | undefined = loaded.get(language);
  for (const part of key.split(".")) {
    if (typeof found !== "object" || !Object.hasOwn(found, part)) return undefined;
    found = found[part];
  }
  return typeof found === "string" ? found : undefined;
}

/** How words of a language are said; a key without words stays as it is, so that it is seen. */
export function translator(language: Language): Translate {
  return (key, values = {}) => {
    if (typeof values === "string") return find(key, language) ?? values;
    const form = language === "en" && values["count"] === 1 ? "one" : "other";
    const counted = "count" in values ? find(`${key}_${form}`, language) : undefined;
    const text = counted ?? find(key, language) ?? key;
    return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ""));
  };
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
