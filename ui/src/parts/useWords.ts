// The language and its formats together, as most views need them.
import { useSyncExternalStore } from "react";

import { currentLanguage, inLanguage, type Language, onLanguage, type Translate, translator } from "../i18n";
import * as format from "./format";

/** Made once a language, not in each row of each list. */
const made = new Map<Language, Words>();

/** Words (`t`), and numbers, money and times in the reader's language. */
export function useWords(): Words {
  const language = useSyncExternalStore(onLanguage, currentLanguage);
  const words = made.get(language) ?? wordsIn(language, translator(language));
  made.set(language, words);
  return words;
}

type Words = ReturnType<typeof wordsIn>;

function wordsIn(language: Language, t: Translate) {
  const unit = { day: t("unit.day"), hour: t("unit.hour"), minute: t("unit.minute"), now: t("unit.now") };
  return {
    t,
    language,
    said: (text: string | Record<string, string> | null | undefined) => inLanguage(text, language),
    number: (value: number) => format.number(value, language),
    share: (value: number | null | undefined) => format.share(value, language),
    money: (value: number | string | null | undefined, currency: string) =>
      format.money(value, currency, language),
    span: (seconds: number | null | undefined) => format.span(seconds, unit),
    since: (at: string) => format.span((Date.now() - new Date(at).getTime()) / 1000, unit),
    moment: (at: string) => format.moment(at, language),
    day: (at: string) => format.day(at, language),
    month: (day: string) => format.month(day, language),
  };
}
