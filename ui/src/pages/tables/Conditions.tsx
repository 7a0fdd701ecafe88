// Which rows are shown: conditions that must all be met.
import { Button, Input, Select } from "antd";

import type { Condition, TableField } from "../../api/tables";
import { CloseOutlined } from "../../parts/icons";
import { useWords } from "../../parts/useWords";

const LIKES = ["is", "is_not", "has", "more", "less", "empty", "filled"] as const;

interface Props {
  fields: TableField[];
  where: Condition[];
  onWhere: (where: Condition[]) => void;
}

export function Conditions({ fields, where, onWhere }: Props) {
  const { t, said } = useWords();
  const change = (place: number, one: Condition): void => onWhere(where.with(place, one));
  const first = fields[0];
  return (
    <div className="conditions">
      {where.map((one, place) => (
        <div key={`${place}/${one.field}`} className="row">
          <Select
            aria-label={t("tables.field")}
            value={one.field}
            options={fields.map((field) => ({ value: field.name, label: said(field.title || field.name) }))}
            onChange={(field) => change(place, { ...one, field })}
          />
          <Select
            aria-label={t("tables.conditions")}
            value={one.like}
            options={LIKES.map((value) => ({ value, label: t(`tables.like.${value}`) }))}
            onChange={(like) => change(place, { ...one, like })}
          />
          {one.like !== "empty" && one.like !== "filled" && (
            <Input
              aria-label={t("tables.value")}
              defaultValue={one.value}
              onPressEnter={({ currentTarget }) => change(place, { ...one, value: currentTarget.value })}
              onBlur={({ currentTarget }) =>
                currentTarget.value !== one.value && change(place, { ...one, value: currentTarget.value })
              }
            />
          )}
          <Button
            type="text"
            icon={<CloseOutlined />}
            aria-label={t("tables.dropCondition")}
            onClick={() => onWhere(where.toSpliced(place, 1))}
          />
        </div>
      ))}
      {first !== undefined && (
        <Button
          type="dashed"
          onClick={() => onWhere([...where, { field: first.name, like: "filled", value: "" }])}
        >
          {t("tables.addCondition")}
        </Button>
      )}
    </div>
  );
}
