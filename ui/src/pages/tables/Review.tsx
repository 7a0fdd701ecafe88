// What is unsure: the row, what was found and why; a person keeps it or says what is right.
import { App, Button, Input, Select } from "antd";
import { useState } from "react";

import type { Shapes } from "../../api/client";
import { type TableField, type TableHead, useReview, useUnsure } from "../../api/tables";
import { Loaded } from "../../parts/Loaded";
import { useFault } from "../../parts/useFault";
import { useWords } from "../../parts/useWords";
import { choicesOf } from "./Cell";

const SHOWN = 20;

export function Review({ head, field }: { head: TableHead; field: TableField }) {
  const { t } = useWords();
  const unsure = useUnsure(head.sheet, field.name);
  return (
    <Loaded query={unsure} empty={{ when: (data) => data.items.length === 0, say: t("tables.reviewNone") }}>
      {({ items }) => (
        <ul className="review-rows">
          {items.slice(0, SHOWN).map((one) => (
            <Unsure key={one.key} head={head} field={field} one={one} />
          ))}
        </ul>
      )}
    </Loaded>
  );
}

interface Props {
  head: TableHead;
  field: TableField;
  one: Shapes["UnsureRow"];
}

function Unsure({ head, field, one }: Props) {
  const { t, said, share } = useWords();
  const { message } = App.useApp();
  const fault = useFault();
  const review = useReview(head.sheet, field.name);
  const [value, setValue] = useState(one.value);
  const choices = choicesOf(field, t);
  const label = `${field.name} ${one.key}`;
  const from = field.fill_from.map((name) => one.cells[name]).filter((cell) => cell !== undefined);
  return (
    <li className="panel">
      <div>{from.map((cell) => (typeof cell === "string" ? cell : JSON.stringify(cell))).join(" · ")}</div>
      <div className="quiet small">
        {t("tables.sure", { share: share(one.confidence) })} · {said(one.why)}
      </div>
      <div className="row">
        {choices !== null ? (
          <Select aria-label={label} value={value} options={choices} onChange={setValue} />
        ) : field.sort === "text" ? (
          <Input.TextArea
            autoSize
            aria-label={label}
            value={value}
            onChange={({ target }) => setValue(target.value)}
          />
        ) : (
          <Input aria-label={label} value={value} onChange={({ target }) => setValue(target.value)} />
        )}
        <Button
          loading={review.isPending}
          disabled={value.trim() === ""}
          onClick={() =>
            review.mutate(
              { row: Number(one.key), value },
              { onError: (error) => void message.warning(fault(error)) },
            )
          }
        >
          {t("tables.accept")}
        </Button>
      </div>
    </li>
  );
}
