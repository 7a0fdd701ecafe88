// The table of cases: as long as it may be, only the rows in sight are drawn and asked for.
import { useVirtualizer } from "@tanstack/react-virtual";
import { Empty, Skeleton, Tag } from "antd";
import { useEffect, useRef } from "react";
import { Link } from "react-router";

import type { Shapes } from "../../api/client";
import type { WindowState } from "../../api/window";
import { Trouble } from "../../parts/Trouble";
import { useWords } from "../../parts/useWords";
import "./cases.css";
import { StateTag } from "./StateTag";

type Instance = Shapes["InstanceShape"];
const ROW = 44;
const AHEAD = 10;

interface Props {
  list: WindowState<Instance>;
  nameOf: (process: string) => string;
}

export function CaseTable({ list, nameOf }: Props) {
  const { t } = useWords();
  if (list.error !== null) return <Trouble error={list.error} onRetry={list.again} />;
  if (list.total === undefined) return <Skeleton active />;
  if (list.total === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("cases.none")} />;
  return <Rows list={list} nameOf={nameOf} total={list.total} />;
}

function Rows({ list, nameOf, total }: Props & { total: number }) {
  const { t, number } = useWords();
  const place = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: total,
    getScrollElement: () => place.current,
    estimateSize: () => ROW,
    overscan: AHEAD,
  });
  const shown = rows.getVirtualItems();
  const [first, last] = [shown[0]?.index ?? 0, shown.at(-1)?.index ?? 0];
  const { show } = list;
  useEffect(() => show(first, last), [show, first, last]);
  const heads = ["key", "process", "state", "started", "took"] as const;
  return (
    <>
      <div
        ref={place}
        className="case-rows"
        role="table"
        tabIndex={0}
        aria-label={t("cases.title")}
        aria-rowcount={total + 1}
      >
        <div role="row" className="case-row heads" aria-rowindex={1}>
          {heads.map((name) => (
            <span key={name} role="columnheader">
              {t(`cases.${name}`)}
            </span>
          ))}
        </div>
        <div role="rowgroup" style={{ height: rows.getTotalSize(), position: "relative" }}>
          {shown.map((item) => (
            <div
              key={item.key}
              role="row"
              aria-rowindex={item.index + 2}
              className="case-row"
              style={{ transform: `translateY(${item.start}px)`, height: ROW }}
            >
              <Cells one={list.row(item.index)} nameOf={nameOf} />
            </div>
          ))}
        </div>
      </div>
      <p className="quiet small">{t("cases.count", { count: total, shown: number(total) })}</p>
    </>
  );
}

function Cells({ one, nameOf }: { one: Instance | undefined; nameOf: Props["nameOf"] }) {
  const { t, moment, span } = useWords();
  if (one === undefined) return <span role="cell" className="quiet" aria-label={t("app.loading")} />;
  const { started_at: from, ended_at: to } = one;
  return (
    <>
      <span role="cell" className="clip">
        <Link to={`/cases/${one.key}`}>{one.business_key ?? one.key}</Link>
      </span>
      <span role="cell" className="clip">
        {nameOf(one.process_id)} <Tag>v{one.version}</Tag>
      </span>
      <span role="cell">
        <StateTag state={one.state} />
      </span>
      <span role="cell" className="figure">
        {moment(from)}
      </span>
      <span role="cell" className="figure">
        {to === null ? "–" : span((new Date(to).getTime() - new Date(from).getTime()) / 1000)}
      </span>
    </>
  );
}
