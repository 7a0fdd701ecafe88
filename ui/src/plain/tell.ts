// Short words on what has just happened, shown for a moment at the top (see Telling).

export type Kind = "success" | "warning";

export interface Told {
  number: number;
  kind: Kind;
  text: string;
}

/** Milliseconds that a sentence stays: long enough to be read twice. */
const STAYS = 4500;

let told: readonly Told[] = [];
let last = 0;
const listeners = new Set<() => void>();

function set(next: readonly Told[]): void {
  told = next;
  listeners.forEach((hear) => hear());
}

export function tell(kind: Kind, text: string): void {
  last += 1;
  const number = last;
  set([...told, { number, kind, text }]);
  setTimeout(() => set(told.filter((one) => one.number !== number)), STAYS);
}

export const telling = {
  now: (): readonly Told[] => told,
  listen: (hear: () => void): (() => void) => {
    listeners.add(hear);
    return () => listeners.delete(hear);
  },
};
