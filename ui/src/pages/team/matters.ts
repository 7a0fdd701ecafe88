// Why a difference matters, as a word of the reader's language: the server tells it as "figure 30 → 60".
const KINDS = {
  figure: "figure",
  negation: "negation",
  "duty or choice": "duty",
  liability: "liability",
  time: "time",
  money: "money",
} as const;

export type Matter = (typeof KINDS)[keyof typeof KINDS];

/** The kinds of reasons among those that the server gave, each once. */
export function mattersOf(told: readonly string[]): Matter[] {
  const found = Object.entries(KINDS).filter(([start]) => told.some((one) => one.startsWith(start)));
  return found.map(([, kind]) => kind);
}
