// What stands at an element of a diagram, and the small badges that say it. Text is only ever set as text.

export interface Mark {
  state?: "active" | "completed" | "terminated" | "incident";
  /** Badges in this order; zero shows nothing. */
  active?: number;
  waiting?: number;
  incidents?: number;
  /** A figure of the heat map, already written as text, with its warmth in [0, 1]. */
  heat?: { text: string; warmth: number };
}

export type Marks = Record<string, Mark>;

/** The badges of a mark; null when it says nothing beyond its state. */
export function overlayOf(mark: Mark): HTMLElement | null {
  const badges: HTMLElement[] = [];
  const add = (kind: string, text: string): void => {
    const badge = document.createElement("span");
    badge.className = `badge is-${kind}`;
    badge.textContent = text;
    badges.push(badge);
  };
  if (mark.active) add("active", String(mark.active));
  if (mark.waiting) add("waiting", String(mark.waiting));
  if (mark.incidents) add("incident", String(mark.incidents));
  if (mark.heat) {
    add("heat", mark.heat.text);
    badges.at(-1)?.style.setProperty("--warmth", `${Math.round(mark.heat.warmth * 100)}%`);
  }
  if (badges.length === 0) return null;
  const row = document.createElement("div");
  row.className = "badges";
  row.append(...badges);
  return row;
}
