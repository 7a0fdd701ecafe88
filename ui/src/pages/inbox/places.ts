// Where in a document the values of a suggestion stand: compared by letters and digits alone, so that spacing, case
// and punctuation of the reading do not matter.
import type { Shapes } from "../../api/client";

export type Block = Shapes["BlockShape"];
export type Box = readonly [number, number, number, number];

/** Keys of values that are our own words, never the sender's. */
const OURS = new Set(["kind", "language", "currency", "unit", "problems", "injection"]);
/** Letters and digits that a wording needs to be looked for: shorter ones stand everywhere. */
const LEAST = 3;

/** The texts of a suggestion that may stand in the document. */
export function wordingsOf(values: unknown): string[] {
  const found = new Set<string>();
  const look = (value: unknown): void => {
    if (typeof value === "string") {
      if (plain(value).text.length >= LEAST) found.add(value);
    } else if (Array.isArray(value)) value.forEach(look);
    else if (typeof value === "object" && value !== null)
      for (const [key, inner] of Object.entries(value)) if (!OURS.has(key)) look(inner);
  };
  look(values);
  return [...found];
}

interface Plain {
  text: string;
  /** For each letter of `text` its place in the original. */
  from: number[];
}

/** Letters and digits alone, in small letters. */
function plain(text: string): Plain {
  const from: number[] = [];
  let kept = "";
  let place = 0;
  for (const sign of text) {
    for (const letter of sign.normalize("NFKC").toLowerCase())
      if (/[\p{L}\p{N}]/u.test(letter)) {
        kept += letter;
        from.push(...Array.from({ length: letter.length }, () => place));
      }
    place += sign.length;
  }
  return { text: kept, from };
}

export interface Range {
  start: number;
  end: number;
  wording: string;
}

/** Where the wordings stand in a text, in order and without overlap; the longer one wins. */
export function rangesIn(text: string, wordings: readonly string[]): Range[] {
  const { text: within, from } = plain(text);
  const ranges: Range[] = [];
  for (const wording of [...wordings].sort((a, b) => b.length - a.length)) {
    const sought = plain(wording).text;
    if (sought.length < LEAST) continue;
    for (let at = within.indexOf(sought); at >= 0; at = within.indexOf(sought, at + sought.length)) {
      const start = from[at] ?? 0;
      const last = from[at + sought.length - 1] ?? start;
      const end = last + ((text.codePointAt(last) ?? 0) > 0xffff ? 2 : 1);
      if (!ranges.some((one) => start < one.end && one.start < end)) ranges.push({ start, end, wording });
    }
  }
  return ranges.sort((a, b) => a.start - b.start);
}

/** Which wording a cell belongs to, seen with its row: a wording may run over several cells. */
export function wordingAt(cell: string, row: string, wordings: readonly string[]): string | undefined {
  const [inCell, inRow] = [plain(cell).text, plain(row).text];
  if (inCell === "") return undefined;
  return wordings.find((wording) => {
    const sought = plain(wording).text;
    if (sought.length < LEAST) return false;
    return (
      inCell.includes(sought) || (inCell.length > 1 && sought.includes(inCell) && inRow.includes(sought))
    );
  });
}

export interface Marked {
  box: Box;
  wording: string;
}

/** Boxes on a page in which one of the wordings stands. */
export function marksOn(page: number, blocks: readonly Block[], wordings: readonly string[]): Marked[] {
  return blocks
    .filter((block) => (block.place.page ?? 1) === page)
    .flatMap((block) => {
      const rows = block.rows.length > 0 ? block.rows : block.text.split("\n").map((line) => [line]);
      return rows.flatMap((row, line) =>
        row.flatMap((cell, column): Marked[] => {
          const box = block.boxes[line]?.[column];
          const wording = wordingAt(cell, row.join(" "), wordings);
          return box == null || wording === undefined ? [] : [{ box: box as unknown as Box, wording }];
        }),
      );
    });
}
