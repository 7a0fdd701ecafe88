// A row of the authority ladder in words: when it holds, and what is then asked for. Unknown tests stay as written.
import type { Shapes } from "../../api/client";

export type LadderRow = Shapes["LadderRow"];

/** A phrase: the key of its words below `governance.ladder`, and what fills its places. */
export interface Phrase {
  key: string;
  values: Record<string, string>;
}

const COMPARED = /^(<=|>=|<|>)\s*(-?\d+(?:\.\d+)?)$/;
const RANGE = /^[[(\]]\s*(-?\d+(?:\.\d+)?)\s*\.\.\s*(-?\d+(?:\.\d+)?)\s*[\])[]$/;
const TEXT = /^"([^"]*)"$/;
const WORDS: Record<string, string> = { "<=": "upTo", "<": "below", ">=": "atLeast", ">": "above" };

/** What stands between the quotes of a FEEL text; other values as they are. */
export function plain(value: string | undefined): string {
  return value === undefined ? "" : (TEXT.exec(value.trim())?.[1] ?? value.trim());
}

/** One test of a row, as a phrase. */
export function condition(name: string, test: string): Phrase {
  const told = test.trim();
  const compared = COMPARED.exec(told);
  if (compared !== null && (name === "amount" || name === "confidence"))
    return { key: `${name}.${WORDS[compared[1] ?? ""] ?? "upTo"}`, values: { value: compared[2] ?? "" } };
  const range = RANGE.exec(told);
  if (range !== null && name === "amount")
    return { key: "amount.between", values: { low: range[1] ?? "", high: range[2] ?? "" } };
  if (name === "reversible" && (told === "true" || told === "false"))
    return { key: `reversible.${told}`, values: {} };
  if ((name === "operation" || name === "effect" || name === "actor_kind") && TEXT.test(told))
    return { key: name, values: { value: plain(told) } };
  return { key: "other", values: { name, value: told } };
}

/** What a row asks for: the key below `governance.ladder.then`, with the number of confirmations and the role. */
export function demand(then: Record<string, string>): Phrase {
  const requirement = plain(then["requirement"]);
  const confirmations = plain(then["confirmations"]) || "0";
  const values = { count: confirmations, role: plain(then["role"]), requirement };
  const known = ["automatic", "notify", "confirm", "person"].includes(requirement);
  return { key: known ? `then.${requirement}` : "then.other", values };
}
