// A trial: what was typed as values, and its marks on the diagram.
import type { TrialResult } from "../../api/deployments";
import type { Mark, Marks } from "../../diagram/marks";

/** A JSON object as typed; null when it is none. */
export function valuesOf(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text.trim() === "" ? "{}" : text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** Where the case went through, where it stands, and where something must be mended. */
export function trialMarks(result: TrialResult): Marks {
  const broken = new Set(result.incidents.map((one) => one.element));
  return Object.fromEntries(
    Object.entries(result.elements).map(([id, one]): [string, Mark] => {
      if (broken.has(id)) return [id, { state: "incident", incidents: 1 }];
      return [id, one.active > 0 ? { state: "active", active: one.active } : { state: "completed" }];
    }),
  );
}

/** One input as typed: a number, true, false or JSON where it is one, nothing where it is empty, else text. */
export function inputOf(text: string): unknown {
  const typed = text.trim();
  if (typed === "") return null;
  try {
    return JSON.parse(typed) as unknown;
  } catch {
    return typed;
  }
}

/** Variables as typed, field by field; an empty field gives none. */
export function given(typed: Readonly<Record<string, string>>): Record<string, unknown> {
  const filled = Object.entries(typed).filter(([, text]) => text.trim() !== "");
  return Object.fromEntries(filled.map(([name, text]) => [name, inputOf(text)]));
}
