// One input of a form, by the kind of field.
import { Checkbox, Input, InputNumber, Select } from "antd";

import { useWords } from "../parts/useWords";
import type { Field } from "./schema";

interface Props {
  field: Field;
  value: unknown;
  onChange: (value: unknown) => void;
  /** The label where none is shown, as in the cells of a list. */
  label?: string;
}

/** Letters of a day such as 2026-02-10. */
const DATE = 10;

export function FieldInput({ field, value, onChange, label }: Props) {
  const { said } = useWords();
  const common = { id: field.id, "aria-label": label };
  if (field.readonly === true) return <ReadOnly {...common} value={value} />;
  switch (field.type) {
    case "number":
      return (
        <InputNumber
          {...common}
          style={{ width: "100%" }}
          stringMode
          precision={field.decimalDigits}
          value={text(value)}
          onChange={(next) => onChange(next === null || next === "" ? null : Number(next))}
        />
      );
    case "textarea":
      return (
        <Input.TextArea
          {...common}
          autoSize={{ minRows: 3, maxRows: 12 }}
          value={text(value)}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case "select":
    case "radio":
      return (
        <Select
          {...common}
          style={{ width: "100%" }}
          value={value === null ? undefined : text(value)}
          allowClear={field.validate?.required !== true}
          options={(field.values ?? []).map((one) => ({ label: said(one.label), value: one.value }))}
          onChange={(next: string | undefined) => onChange(next ?? null)}
        />
      );
    case "checkbox":
      return (
        <Checkbox {...common} checked={value === true} onChange={(event) => onChange(event.target.checked)} />
      );
    case "datetime":
      return (
        <Input
          {...common}
          type="date"
          value={text(value).slice(0, DATE)}
          onChange={(event) => onChange(event.target.value === "" ? null : event.target.value)}
        />
      );
    default:
      return <Input {...common} value={text(value)} onChange={(event) => onChange(event.target.value)} />;
  }
}

function ReadOnly({ id, value, ...rest }: { id: string; value: unknown; "aria-label"?: string | undefined }) {
  return (
    <output id={id} {...rest} style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
      {text(value) === "" ? "–" : text(value)}
    </output>
  );
}

/** A value as it is typed. */
export function text(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : JSON.stringify(value);
}
