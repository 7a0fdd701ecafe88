// A row of the record: fields by name, of any of its sources.

export type Row = Record<string, unknown>;

/** The first of these fields that has a value, as text. */
export function fieldOf(row: Row, ...names: string[]): string {
  for (const name of names) {
    const value = row[name];
    if (typeof value === "string" && value !== "") return value;
    if (typeof value === "number") return String(value);
  }
  return "";
}

/** What tells a row from the others of its source. */
export function keyOf(row: Row): string {
  return fieldOf(row, "position");
}
