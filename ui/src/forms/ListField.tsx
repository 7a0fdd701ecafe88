// A list in a form, as a table whose rows can be added and taken away.

import { DeleteOutlined, PlusOutlined } from "../parts/icons";
import { useWords } from "../parts/useWords";
import { Button } from "../plain/controls";
import { FieldInput } from "./FieldInput";
import type { Field, Values } from "./schema";

interface Props {
  field: Field;
  rows: unknown;
  onChange: (rows: Values[]) => void;
  disabled: boolean;
}

const NUMBERS = new Set(["number"]);

export function ListField({ field, rows, onChange, disabled }: Props) {
  const { t, said } = useWords();
  const shown = Array.isArray(rows) ? (rows as Values[]) : [];
  const columns = field.components ?? [];
  const change = (index: number, key: string, value: unknown): void =>
    onChange(shown.map((row, place) => (place === index ? { ...row, [key]: value } : row)));
  return (
    <section aria-label={said(field.label)} style={{ marginBottom: 16, overflowX: "auto" }}>
      <table className="lines">
        <thead>
          <tr>
            <th>#</th>
            {columns.map((column) => (
              <th key={column.id} style={{ minWidth: NUMBERS.has(column.type) ? 56 : 72 }}>
                {said(column.label)}
              </th>
            ))}
            {field.allowAddRemove === true && <th aria-label={t("form.remove")} />}
          </tr>
        </thead>
        <tbody>
          {shown.map((row, index) => (
            <tr key={index} className={columns.some((one) => isOpen(one, row)) ? "open" : ""}>
              <td>{index + 1}</td>
              {columns.map((column) => (
                <td key={column.id}>
                  <FieldInput
                    field={{ ...column, id: `${field.id}-${column.id}-${index}` }}
                    label={`${said(column.label)} ${index + 1}`}
                    value={column.key === undefined ? undefined : row[column.key]}
                    disabled={disabled}
                    onChange={(value) => column.key !== undefined && change(index, column.key, value)}
                  />
                </td>
              ))}
              {field.allowAddRemove === true && (
                <td>
                  <Button
                    look="text"
                    small
                    disabled={disabled}
                    aria-label={`${t("form.remove")} ${index + 1}`}
                    onClick={() => onChange(shown.filter((_, place) => place !== index))}
                  >
                    <DeleteOutlined />
                  </Button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {field.allowAddRemove === true && (
        <Button small disabled={disabled} onClick={() => onChange([...shown, {}])}>
          <PlusOutlined /> {t("form.add")}
        </Button>
      )}
    </section>
  );
}

/** Whether a person still has to say something in this cell. */
function isOpen(column: Field, row: Values): boolean {
  return column.readonly !== true && column.key !== undefined && (row[column.key] ?? null) === null;
}
