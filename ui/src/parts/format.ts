// Numbers, money, shares and times, written as the reader's language writes them.
import type { Language } from "../i18n";

const LOCALES: Record<Language, string> = { en: "en-GB", zh: "zh-CN" };
const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** Formats are dear to make and are asked for in every row: each is made once. */
const numbers = new Map<string, Intl.NumberFormat>();
const dates = new Map<string, Intl.DateTimeFormat>();

function numberFormat(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const name = language + JSON.stringify(options);
  const made = numbers.get(name) ?? new Intl.NumberFormat(LOCALES[language], options);
  numbers.set(name, made);
  return made;
}

function dateFormat(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = language + JSON.stringify(options);
  const made = dates.get(name) ?? new Intl.DateTimeFormat(LOCALES[language], options);
  dates.set(name, made);
  return made;
}

export function number(value: number, language: Language): string {
  return numberFormat(language, {}).format(value);
}

/** A share in [0, 1] as a percentage with one decimal. */
export function share(value: number | null | undefined, language: Language): string {
  if (value == null) return "–";
  return numberFormat(language, { style: "percent", maximumFractionDigits: 1 }).format(value);
}

/** An amount with the code of its currency. */
export function money(
  value: number | string | null | undefined,
  currency: string,
  language: Language,
): string {
  if (value == null) return "–";
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return `${numberFormat(language, digits).format(Number(value))} ${currency}`;
}

export interface UnitWords {
  day: string;
  hour: string;
  minute: string;
  now: string;
}

/** A span of seconds in its two largest units at most: "3 d 4 h", "12 min". */
export function span(seconds: number | null | undefined, words: UnitWords): string {
  if (seconds == null) return "–";
  if (seconds < MINUTE) return words.now;
  const days = Math.floor(seconds / DAY);
  const hours = Math.floor((seconds % DAY) / HOUR);
  const minutes = Math.floor((seconds % HOUR) / MINUTE);
  if (days > 0) return hours > 0 ? `${days} ${words.day} ${hours} ${words.hour}` : `${days} ${words.day}`;
  if (hours > 0)
    return minutes > 0 ? `${hours} ${words.hour} ${minutes} ${words.minute}` : `${hours} ${words.hour}`;
  return `${minutes} ${words.minute}`;
}

export function moment(at: string, language: Language): string {
  return dateFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(new Date(at));
}

export function day(at: string, language: Language): string {
  return dateFormat(language, { dateStyle: "medium" }).format(new Date(at));
}

/** The month of a day that is its first, whatever the reader's time zone. */
export function month(day: string, language: Language): string {
  return dateFormat(language, { year: "numeric", month: "long", timeZone: "UTC" }).format(new Date(day));
}
