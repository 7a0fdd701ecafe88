// A table that is only looked at.
import { useWords } from "../parts/useWords";
import { type Field, type Values, valueAt } from "./schema";
import { text } from "./text";

export function TableField({ field, values }: { field: Field; values: Values }) {
  const { said } = useWords();
  const found = valueAt(values, (field.dataSource ?? "").replace(/^=\s*/, ""));
  const rows = Array.isArray(found) ? (found as Values[]) : [];
  return (
    <table className="lines" aria-label={said(field.label)}>
      <thead>
        <tr>
          {(field.columns ?? []).map((column) => (
            <th key={column.key}>{said(column.label)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={index}>
            {(field.columns ?? []).map((column) => (
              <td key={column.key}>{text(row[column.key])}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
