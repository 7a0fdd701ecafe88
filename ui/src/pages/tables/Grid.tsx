// The rows of a table: sorted by a head, filled by AI, and a cell is changed where it stands.
import { App, Button, Popconfirm } from "antd";
import { useState } from "react";

import {
  type Order,
  type TableField,
  type TableHead,
  type TableRow,
  usePut,
  useRemove,
} from "../../api/tables";
import type { WindowState } from "../../api/window";
import { ActorMark } from "../../parts/Actor";
import { DeleteOutlined } from "../../parts/icons";
import { useFault } from "../../parts/useFault";
import { useWords } from "../../parts/useWords";
import { LongTable } from "../../rows/LongTable";
import { Cell } from "./Cell";

const ROW = 40;

interface Props {
  head: TableHead;
  fields: TableField[];
  list: WindowState<TableRow>;
  order: Order | null;
  onOrder: (order: Order | null) => void;
  onFill: (field: string) => void;
}

export function Grid(props: Props) {
  const { t, said } = useWords();
  const { head, fields, list } = props;
  const cells = `repeat(${fields.length}, minmax(150px, 1fr))`;
  const columns = {
    gridTemplateColumns: head.book ? cells : `72px ${cells} 40px`,
    minWidth: 72 + fields.length * 162 + 40,
  };
  return (
    <LongTable
      list={list}
      label={said(head.title)}
      nothing={t("tables.nothing")}
      height={ROW}
      columns={columns}
      heads={<Heads {...props} />}
    >
      {(row) => <Cells head={head} fields={fields} row={row} />}
    </LongTable>
  );
}

function Heads({ head, fields, order, onOrder, onFill }: Props) {
  const { t, said } = useWords();
  const turn = (field: string): void =>
    onOrder(order?.field !== field ? { field, down: false } : order.down ? null : { field, down: true });
  return (
    <>
      {!head.book && (
        <span role="columnheader" className="figure">
          #
        </span>
      )}
      {fields.map((one) => (
        <span
          key={one.name}
          role="columnheader"
          aria-sort={order?.field === one.name ? (order.down ? "descending" : "ascending") : "none"}
        >
          <button
            type="button"
            className="grid-sort clip"
            title={t("tables.sort", { field: said(one.title || one.name) })}
            onClick={() => turn(one.name)}
          >
            {said(one.title || one.name)}
            {order?.field === one.name && (order.down ? " ↓" : " ↑")}
          </button>
          {one.fill_from.length > 0 && (
            <button
              type="button"
              className="grid-fill"
              aria-label={t("tables.ai", { field: said(one.title || one.name) })}
              onClick={() => onFill(one.name)}
            >
              <ActorMark kind="agent" size={14} />
            </button>
          )}
        </span>
      ))}
      {!head.book && (
        <span role="columnheader">
          <span className="unseen">{t("tables.remove")}</span>
        </span>
      )}
    </>
  );
}

function Cells({ head, fields, row }: { head: TableHead; fields: TableField[]; row: TableRow }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const fault = useFault();
  const put = usePut(head.sheet);
  const remove = useRemove(head.sheet);
  const [editing, setEditing] = useState<string | null>(null);
  const keep = (field: string, value: unknown): void => {
    setEditing(null);
    if (value !== (row.cells[field] ?? null))
      put.mutate(
        { rows: [{ [field]: value }], keys: [row.key] },
        { onError: (error) => void message.warning(fault(error)) },
      );
  };
  return (
    <>
      {!head.book && (
        <span role="cell" className="quiet figure">
          {row.key}
        </span>
      )}
      {fields.map((one) => (
        <span key={one.name} role="cell" className={one.sort === "number" ? "figure right" : undefined}>
          <Cell
            field={one}
            row={row}
            editing={editing === one.name}
            onEdit={() => setEditing(one.name)}
            onKeep={(value) => keep(one.name, value)}
            onLeave={() => setEditing(null)}
          />
        </span>
      ))}
      {!head.book && (
        <span role="cell">
          <Popconfirm
            title={t("tables.removeSure")}
            onConfirm={() =>
              remove.mutate([Number(row.key)], { onError: (error) => void message.warning(fault(error)) })
            }
          >
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              aria-label={`${t("tables.remove")} ${row.key}`}
            />
          </Popconfirm>
        </span>
      )}
    </>
  );
}
