// A table of any length: only the rows in sight are drawn and asked for, the heads stay above them.
import { type ReactNode, useEffect } from "react";

import type { WindowState } from "../api/window";
import { Trouble } from "../parts/Trouble";
import { useWords } from "../parts/useWords";
import { Nothing, OnItsWay } from "../plain/controls";
import "./rows.css";
import { useSight } from "./useSight";

interface Props<T> {
  list: WindowState<T>;
  label: string;
  /** What to say when there are no rows. */
  nothing: string;
  /** Pixels of a row. */
  height: number;
  columns: { gridTemplateColumns: string; minWidth: number };
  /** Cells of the heads, each a `columnheader`. */
  heads: ReactNode;
  /** Cells of a row that is here, each a `cell`. */
  children: (row: T) => ReactNode;
}

export function LongTable<T>(props: Props<T>) {
  const { t } = useWords();
  const { list } = props;
  if (list.error !== null) return <Trouble error={list.error} onRetry={list.again} />;
  if (list.total === undefined) return <OnItsWay label={t("app.loading")} />;
  return (
    <>
      <Rows {...props} total={list.total} />
      {list.total === 0 && <Nothing>{props.nothing}</Nothing>}
    </>
  );
}

function Rows<T>({ list, label, height, columns, heads, children, total }: Props<T> & { total: number }) {
  const { t } = useWords();
  const { place, rows } = useSight(total, height);
  const [first, last] = [rows[0] ?? 0, rows.at(-1) ?? 0];
  const { show } = list;
  useEffect(() => show(first, last), [show, first, last]);
  const cells = (row: T | undefined): ReactNode =>
    row === undefined ? <span role="cell" className="quiet" aria-label={t("app.loading")} /> : children(row);
  return (
    <div
      ref={place}
      className="long-table"
      role="table"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={total + 1}
    >
      <div role="row" className="long-row heads" aria-rowindex={1} style={columns}>
        {heads}
      </div>
      <div
        role="rowgroup"
        style={{ height: total * height, position: "relative", minWidth: columns.minWidth }}
      >
        {rows.map((at) => (
          <div
            key={at}
            role="row"
            aria-rowindex={at + 2}
            className="long-row"
            style={{ ...columns, transform: `translateY(${at * height}px)`, height }}
          >
            {cells(list.row(at))}
          </div>
        ))}
      </div>
    </div>
  );
}
