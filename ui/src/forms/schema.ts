// The part of Camunda's form schema that is rendered here, and paths into the values.
export interface Option {
  label: string;
  value: string;
}

export interface Field {
  id: string;
  type: string;
  key?: string;
  path?: string;
  label?: string;
  text?: string;
  dateLabel?: string;
  readonly?: boolean;
  decimalDigits?: number;
  values?: Option[];
  components?: Field[];
  columns?: { label: string; key: string }[];
  dataSource?: string;
  allowAddRemove?: boolean;
  validate?: { required?: boolean; min?: number; max?: number; maxLength?: number };
}

export interface FormSchema {
  id: string;
  components: Field[];
}

export type Values = Record<string, unknown>;

/** The value at a path such as "credit.reason"; undefined when there is none. */
export function valueAt(values: Values, path: string): unknown {
  let found: unknown = values;
  for (const part of path.split(".")) {
    if (typeof found !== "object" || found === null) return undefined;
    found = (found as Values)[part];
  }
  return found;
}

/** A copy of the values with another one at a path. */
export function withValue(values: Values, path: string, value: unknown): Values {
  const [first = "", ...rest] = path.split(".");
  if (rest.length === 0) return { ...values, [first]: value };
  const inner = values[first];
  const nested =
    typeof inner === "object" && inner !== null && !Array.isArray(inner) ? (inner as Values) : {};
  return { ...values, [first]: withValue(nested, rest.join("."), value) };
}

/** Where a field keeps its value. */
export function pathOf(field: Field): string | undefined {
  return field.path ?? field.key;
}

/** Keys of required fields that have nothing in them. */
export function missing(schema: FormSchema, values: Values): string[] {
  return schema.components
    .filter((field) => field.validate?.required === true && field.readonly !== true)
    .map(pathOf)
    .filter((path): path is string => path !== undefined)
    .filter((path) => {
      const value = valueAt(values, path);
      return value === undefined || value === null || value === "";
    });
}

/** Top-level keys that a form may change: what goes back as the answer. */
export function changed(schema: FormSchema, before: Values, after: Values): Values {
  const roots = new Set(
    schema.components
      .filter((field) => field.readonly !== true)
      .map(pathOf)
      .filter((path): path is string => path !== undefined)
      .map((path) => path.split(".")[0] ?? path),
  );
  return Object.fromEntries(
    [...roots]
      .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
      .map((key) => [key, after[key] ?? null]),
  );
}
