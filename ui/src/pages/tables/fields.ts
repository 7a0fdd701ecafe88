// Fields of a table as they are shown and sent.
import type { Shapes } from "../../api/client";
import type { TableField } from "../../api/tables";

export type Field = Required<Shapes["SheetField"]>;
export type Fill = Field["fill"];
export const SORTS = ["text", "number", "day", "flag", "choice", "link"] as const;
export type Sort = (typeof SORTS)[number];

/** How a field of each type may be filled. */
export const FILLS: Record<Sort, readonly Fill[]> = {
  text: ["classify", "extract", "write", "translate", "summarise"],
  number: ["extract", "score"],
  day: ["extract"],
  flag: ["classify"],
  choice: ["classify"],
  link: ["match"],
};
export const BY_MODEL: ReadonlySet<Fill> = new Set<Fill>(["write", "translate", "summarise"]);

/** A field of text that people fill in. */
export function plain(name: string): Field {
  return {
    name,
    title: "",
    sort: "text",
    options: [],
    table: "",
    fill_from: [],
    fill: "classify",
    outcome: "",
    wish: "",
    alone_from: 0.8,
  };
}

/** A field as the server takes it. */
export function sent(field: TableField): Field {
  const { name, title, sort, options, table, fill_from, fill, outcome, wish, alone_from } = field;
  return { name, title, sort, options, table, fill_from, fill, outcome, wish, alone_from };
}

/** The name of a table for a file: its name without what a name may not hold. */
export function nameOf(file: string): string {
  const name = file
    .replace(/\.[^.]*$/, "")
    .replaceAll(/[^\p{L}\p{N}_-]+/gu, "-")
    .replaceAll(/^-+|-+$/g, "");
  return name.slice(0, 100) || "table";
}
