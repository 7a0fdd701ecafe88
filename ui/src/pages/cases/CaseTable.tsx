// The table of cases, with a box before each where cases may be chosen.
import { Tag } from "antd";
import { Link } from "react-router";

import type { Shapes } from "../../api/client";
import type { WindowState } from "../../api/window";
import { useWords } from "../../parts/useWords";
import { LongTable } from "../../rows/LongTable";
import type { Chosen } from "./chosen";
import { StateTag } from "./StateTag";

type Instance = Shapes["InstanceShape"];
const ROW = 44;
const HEADS = ["key", "process", "state", "started", "took"] as const;
const COLUMNS = "minmax(150px, 1fr) minmax(200px, 2fr) 120px 150px 90px";

interface Props {
  list: WindowState<Instance>;
  nameOf: (process: string) => string;
  /** Which cases are chosen; undefined where none can be. */
  chosen: Chosen | undefined;
  onChoose: (one: Instance) => void;
}

export function CaseTable({ list, nameOf, chosen, onChoose }: Props) {
  const { t, number } = useWords();
  const { total } = list;
  const columns = {
    gridTemplateColumns: chosen === undefined ? COLUMNS : `20px ${COLUMNS}`,
    minWidth: 820,
  };
  const heads = HEADS.map((name) => (
    <span key={name} role="columnheader">
      {t(`cases.${name}`)}
    </span>
  ));
  return (
    <>
      <LongTable
        list={list}
        label={t("cases.title")}
        nothing={t("cases.none")}
        height={ROW}
        columns={columns}
        heads={
          <>
            {chosen !== undefined && (
              <span role="columnheader">
                <span className="unseen">{t("cases.batch.choose")}</span>
              </span>
            )}
            {heads}
          </>
        }
      >
        {(one) => (
          <>
            {chosen !== undefined && (
              <span role="cell">
                <input
                  type="checkbox"
                  checked={chosen.has(one.key)}
                  onChange={() => onChoose(one)}
                  aria-label={t("cases.batch.one", { case: one.business_key ?? one.key })}
                />
              </span>
            )}
            <Cells one={one} nameOf={nameOf} />
          </>
        )}
      </LongTable>
      {total !== undefined && total > 0 && (
        <p className="quiet small">{t("cases.count", { count: total, shown: number(total) })}</p>
      )}
    </>
  );
}

function Cells({ one, nameOf }: { one: Instance; nameOf: Props["nameOf"] }) {
  const { moment, span } = useWords();
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
