// What of a definition the form changes, and the definition with it changed; shares are in hundredths there.
import type { Definition } from "../../api/employees";

export interface Given {
  titleEn: string;
  titleZh: string;
  instructions: string;
  authority: string;
  auditShare: number | null;
  budget: number | null;
  aloneFrom: Record<string, number | null>;
  target: Record<string, number | null>;
}

const HUNDRED = 100;

/** A share as hundredths, without the dust of binary fractions. */
function hundredths(share: number | string): number {
  return Number((Number(share) * HUNDRED).toFixed(6));
}

function shareOf(value: number): number {
  return Number((value / HUNDRED).toFixed(8));
}

export function given(definition: Definition): Given {
  const duties = Object.entries(definition.duties);
  return {
    titleEn: definition.title["en"] ?? "",
    titleZh: definition.title["zh"] ?? "",
    instructions: definition.instructions.trim(),
    authority: definition.authority,
    auditShare: hundredths(definition.audit_share),
    budget: definition.budget ?? null,
    aloneFrom: Object.fromEntries(duties.map(([name, duty]) => [name, duty.alone_from])),
    target: Object.fromEntries(
      duties.map(([name, duty]) => [name, duty.risk_target == null ? null : hundredths(duty.risk_target)]),
    ),
  };
}

export function changed(definition: Definition, now: Given): Definition {
  const duties = Object.fromEntries(
    Object.entries(definition.duties).map(([name, duty]) => {
      const target = now.target[name];
      return [
        name,
        {
          ...duty,
          alone_from: now.aloneFrom[name] ?? duty.alone_from,
          risk_target: target == null ? null : shareOf(target),
        },
      ];
    }),
  );
  return {
    ...definition,
    title: { ...definition.title, en: now.titleEn, zh: now.titleZh },
    instructions: now.instructions,
    authority: now.authority,
    audit_share: now.auditShare === null ? definition.audit_share : shareOf(now.auditShare),
    budget: now.budget,
    duties,
  };
}

/** Where a line, counted from 1, begins and ends in a text. */
export function lineAt(text: string, line: number): [number, number] {
  const before = text.split("\n").slice(0, line - 1);
  const begin = before.reduce((sum, one) => sum + one.length + 1, 0);
  const end = text.indexOf("\n", begin);
  return [Math.min(begin, text.length), end < 0 ? text.length : end];
}
