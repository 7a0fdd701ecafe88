// One input of a form, by the kind of field.
import { useWords } from "../parts/useWords";
import type { Field } from "./schema";
import { text } from "./text";

interface Props {
  field: Field;
  value: unknown;
  onChange: (value: unknown) => void;
  /** The label where none is shown, as in the cells of a list. */
  label?: string;
  disabled?: boolean;
  /** It must be filled before going on. */
  lacking?: boolean;
}

/** Letters of a day such as 2026-02-10. */
const DATE = 10;

export function FieldInput({ field, value, onChange, label, disabled, lacking }: Props) {
  const { said } = useWords();
  const common = { id: field.id, "aria-label": label };
  if (field.readonly === true) return <ReadOnly {...common} value={value} />;
  const input = { ...common, className: "input", disabled, "aria-invalid": lacking };
  switch (field.type) {
    case "number":
      return (
        <input
          {...input}
          type="number"
          step={field.decimalDigits === undefined ? "any" : 10 ** -field.decimalDigits}
          value={text(value)}
          onChange={({ target }) => onChange(target.value === "" ? null : Number(target.value))}
        />
      );
    case "textarea":
      return (
        <textarea {...input} rows={3} value={text(value)} onChange={({ target }) => onChange(target.value)} />
      );
    case "select":
    case "radio":
      return (
        <select
          {...input}
          value={text(value)}
          onChange={({ target }) => onChange(target.value === "" ? null : target.value)}
        >
          <option value="" disabled={field.validate?.required} />
          {(field.values ?? []).map((one) => (
            <option key={one.value} value={one.value}>
              {said(one.label)}
            </option>
          ))}
        </select>
      );
    case "checkbox":
      return (
        <input
          {...common}
          type="checkbox"
          disabled={disabled}
          checked={value === true}
          onChange={({ target }) => onChange(target.checked)}
        />
      );
    case "datetime":
      return (
        <input
          {...input}
          type="date"
          value={text(value).slice(0, DATE)}
          onChange={({ target }) => onChange(target.value === "" ? null : target.value)}
        />
      );
    default:
      return <input {...input} value={text(value)} onChange={({ target }) => onChange(target.value)} />;
  }
}

function ReadOnly({ id, value, ...rest }: { id: string; value: unknown; "aria-label"?: string | undefined }) {
  return (
    <output id={id} {...rest} style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
      {text(value) === "" ? "–" : text(value)}
    </output>
  );
}
