// One cell: shown as its type is read, and changed in place with Enter, left with Escape.
import { Input, Select } from "antd";

import type { TableField, TableRow } from "../../api/tables";
import { useWords } from "../../parts/useWords";

interface Props {
  field: TableField;
  row: TableRow;
  editing: boolean;
  onEdit: () => void;
  onKeep: (value: string | null) => void;
  onLeave: () => void;
}

export function Cell({ field, row, editing, onEdit, onKeep, onLeave }: Props) {
  const { t, said } = useWords();
  const shown = useShown(field, row.cells[field.name]);
  const label = t("tables.edit", { field: said(field.title || field.name), row: row.key });
  if (field.fixed) return <span className="clip cell-text">{shown}</span>;
  if (!editing)
    return (
      <button type="button" className="cell-button clip" aria-label={`${label}: ${shown}`} onClick={onEdit}>
        {shown}
      </button>
    );
  const now = row.cells[field.name];
  const choices = choicesOf(field, t);
  if (choices !== null)
    return (
      <Select
        autoFocus
        defaultOpen
        allowClear={{ label: t("app.clear") }}
        size="small"
        aria-label={label}
        className="cell-input"
        defaultValue={now === undefined ? undefined : textOf(now)}
        options={choices}
        onChange={(value: string | undefined) => onKeep(value ?? null)}
        onBlur={onLeave}
      />
    );
  return (
    <Input
      autoFocus
      size="small"
      aria-label={label}
      className="cell-input"
      defaultValue={now === undefined ? "" : textOf(now)}
      onPressEnter={({ currentTarget }) => onKeep(currentTarget.value.trim() || null)}
      onKeyDown={({ key }) => key === "Escape" && onLeave()}
      onBlur={({ currentTarget }) => {
        const value = currentTarget.value.trim();
        if (value === (now === undefined ? "" : textOf(now))) onLeave();
        else onKeep(value || null);
      }}
    />
  );
}

/** A value as it is typed. */
export function textOf(value: unknown): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** What may be chosen in a field; null where anything may be typed. */
export function choicesOf(
  field: TableField,
  t: (key: "tables.yes" | "tables.no") => string,
): { value: string; label: string }[] | null {
  if (field.sort === "flag")
    return [
      { value: "yes", label: t("tables.yes") },
      { value: "no", label: t("tables.no") },
    ];
  if (field.sort === "choice" && field.options.length > 0)
    return field.options.map((value) => ({ value, label: value }));
  return null;
}

function useShown(field: TableField, value: unknown): string {
  const { t, number, day } = useWords();
  if (value === undefined || value === null) return "";
  if (typeof value === "boolean") return t(value ? "tables.yes" : "tables.no");
  if (typeof value === "number") return number(value);
  if (typeof value !== "string") return JSON.stringify(value);
  return field.sort === "day" ? day(value) : value;
}
