// Words, dates and money in the customer's language, without the weight of the workbench's translations.
import en from "../../i18n/en/customer";
import zh from "../../i18n/zh/customer";

export type Language = "en" | "zh";
type Name = Exclude<keyof typeof en, "gone">;

export interface Speaking {
  language: Language;
  say: (name: Name, values?: Record<string, string>) => string;
  gone: (typeof en)["gone"];
  date: (moment: string) => string;
  money: (amount: number, currency: string) => string;
}

export function speaking(language: Language): Speaking {
  const words = language === "zh" ? zh : en;
  const locale = language === "zh" ? "zh-CN" : "en-GB";
  return {
    language,
    gone: words.gone,
    say: (name, values = {}) => words[name].replace(/\{\{(\w+)\}\}/g, (_, key: string) => values[key] ?? ""),
    date: (moment) => new Date(moment).toLocaleDateString(locale, { dateStyle: "medium" }),
    money: (amount, currency) =>
      new Intl.NumberFormat(locale, { style: "currency", currency, currencyDisplay: "code" }).format(amount),
  };
}
