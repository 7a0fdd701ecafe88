// The fields of a new row, as a form: on the table's page, and on a form's own page.
import { Form, Input, Select } from "antd";

import type { TableField } from "../../api/tables";
import { useWords } from "../../parts/useWords";
import { choicesOf } from "./Cell";

export function RowFields({ fields }: { fields: readonly TableField[] }) {
  const { t, said } = useWords();
  return (
    <>
      {fields.map((one) => {
        const choices = choicesOf(one, t);
        return (
          <Form.Item
            key={one.name}
            name={one.name}
            label={said(one.title || one.name)}
            extra={one.sort === "link" ? t("tables.linked") + ": " + one.table : undefined}
          >
            {choices !== null ? (
              <Select allowClear={{ label: t("app.clear") }} options={choices} />
            ) : (
              <Input
                type={one.sort === "day" ? "date" : "text"}
                inputMode={one.sort === "number" ? "decimal" : undefined}
              />
            )}
          </Form.Item>
        );
      })}
    </>
  );
}

/** What was filled in, without what was left empty. */
export function filledIn(given: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined && value !== null && value !== ""),
  );
}
