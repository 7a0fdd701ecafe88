// A form of a task, rendered with the workbench's own fields.
import { useWords } from "../parts/useWords";
import { Notice } from "../plain/controls";
import { FieldInput } from "./FieldInput";
import "./forms.css";
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
    <div className="form">
      {schema.components.map((field) => (
        <FieldView
          key={field.id}
          field={field}
          values={values}
          onChange={onChange}
          disabled={disabled}
          wanting={wanting}
        />
      ))}
    </div>
  );
}

type FieldProps = Required<Omit<Props, "schema">> & { field: Field };

function FieldView({ field, values, onChange, disabled, wanting }: FieldProps) {
  const { t, said } = useWords();
  if (field.type === "text") return <h3>{said((field.text ?? "").replace(/^#+\s*/, ""))}</h3>;
  if (field.type === "table") return <TableField field={field} values={values} />;
  const path = pathOf(field);
  if (path === undefined) return <Notice kind="info">{t("form.unknown", { type: field.type })}</Notice>;
  const change = (value: unknown): void => onChange(withValue(values, path, value));
  const value = valueAt(values, path);
  if (field.type === "dynamiclist")
    return <ListField field={field} rows={value} onChange={change} disabled={disabled} />;
  const lacking = wanting.includes(path);
  return (
    <div className="form-field">
      <label htmlFor={field.id}>
        {said(field.label ?? field.dateLabel)}
        {field.validate?.required === true && <span aria-hidden> *</span>}
      </label>
      <FieldInput field={field} value={value} onChange={change} disabled={disabled} lacking={lacking} />
      {lacking && <small className="lacking">{t("form.required")}</small>}
    </div>
  );
}
