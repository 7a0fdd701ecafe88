// The language and its formats together, as most views need them.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { inLanguage, type Language } from "../i18n";
import * as format from "./format";

/** Words (`t`), and numbers, money and times in the reader's language. */
export function useWords() {
  const { t, i18n } = useTranslation();
  const language: Language = i18n.language === "zh" ? "zh" : "en";
  return useMemo(() => {
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
    };
  }, [t, language]);
}
