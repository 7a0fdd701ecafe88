// A form of a task, rendered with the workbench's own fields.
import { Alert, Form } from "antd";

import { useWords } from "../parts/useWords";
import { FieldInput } from "./FieldInput";
import { ListField } from "./ListField";
import { type Field, type FormSchema, pathOf, type Values, valueAt, withValue } from "./schema";
import { TableField } from "./TableField";

interface Props {
  schema: FormSchema;
  values: Values;
  onChange: (values: Values) => void;
  disabled?: boolean;
  /** Paths that must be filled before going on. */
  wanting?: readonly string[];
}

export function FormView({ schema, values, onChange, disabled = false, wanting = [] }: Props) {
  return (
    <Form layout="vertical" component="div" disabled={disabled}>
      {schema.components.map((field) => (
        <FieldView key={field.id} field={field} values={values} onChange={onChange} wanting={wanting} />
      ))}
    </Form>
  );
}

type FieldProps = Pick<Props, "values" | "onChange"> & { field: Field; wanting: readonly string[] };

function FieldView({ field, values, onChange, wanting }: FieldProps) {
  const { t, said } = useWords();
  if (field.type === "text")
    return <h3 style={{ margin: "0 0 12px" }}>{said((field.text ?? "").replace(/^#+\s*/, ""))}</h3>;
  if (field.type === "table") return <TableField field={field} values={values} />;
  const path = pathOf(field);
  if (path === undefined) return <Alert type="info" title={t("form.unknown", { type: field.type })} />;
  const change = (value: unknown): void => onChange(withValue(values, path, value));
  if (field.type === "dynamiclist")
    return <ListField field={field} rows={valueAt(values, path)} onChange={change} />;
  const lacking = wanting.includes(path);
  return (
    <Form.Item
      label={said(field.label ?? field.dateLabel)}
      htmlFor={field.id}
      required={field.validate?.required}
      validateStatus={lacking ? "error" : undefined}
      help={lacking ? t("form.required") : undefined}
    >
      <FieldInput field={field} value={valueAt(values, path)} onChange={change} />
    </Form.Item>
  );
}
