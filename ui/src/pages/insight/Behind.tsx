// The cases behind a figure: which they are in words, and each of them.
import { Pagination, Table, Tag } from "antd";
import { useEffect, useMemo, useState } from "react";
import { Link, useSearchParams } from "react-router";

import { useMeasures, useProcesses } from "../../api/hooks";
import { type Condition, type Conditions, useBehind } from "../../api/insight";
import { PAGE } from "../../api/window";
import { Trouble } from "../../parts/Trouble";
import { useGroups } from "../../parts/groups";
import { usePages } from "../../parts/usePages";
import { useWords } from "../../parts/useWords";
import { StateTag } from "../cases/StateTag";
import { conditionsOf } from "./behind";

export function Behind() {
  const [search] = useSearchParams();
  const text = search.toString();
  const conditions = useMemo(() => conditionsOf(new URLSearchParams(text)), [text]);
  return <Cases key={text} conditions={conditions} />;
}

function Cases({ conditions }: { conditions: Conditions }) {
  const pages = usePages();
  const { t, day, span, number } = useWords();
  const [page, setPage] = useState(1);
  const list = useBehind(conditions);
  const { show } = list;
  const first = (page - 1) * PAGE;
  useEffect(() => show(first, first + PAGE - 1), [show, first]);
  if (list.error !== null) return <Trouble error={list.error} onRetry={list.again} />;
  const here = list.here.filter(([place]) => place >= first && place < first + PAGE).map(([, row]) => row);
  const back = conditions.process === undefined ? "" : `?process=${encodeURIComponent(conditions.process)}`;
  return (
    <>
      <h2>
        {t("insight.behind.title")}
        {list.total !== undefined && ` (${number(list.total)})`}
      </h2>
      <div className="row choices">
        <Chips conditions={conditions} />
        <Link to={`/insight${back}`}>{t("insight.behind.back")}</Link>
      </div>
      <Table
        rowKey="key"
        size="middle"
        loading={list.total === undefined}
        pagination={false}
        scroll={{ x: 720 }}
        locale={{ emptyText: t("insight.behind.none") }}
        dataSource={here}
        columns={[
          {
            title: t("insight.behind.number"),
            render: (_, one) => <Link to={`/cases/${one.key}`}>{one.number}</Link>,
          },
          { title: t("insight.customer"), render: (_, one) => one.customer || "–" },
          { title: t("insight.behind.began"), render: (_, one) => day(one.started_at) },
          { title: t("cases.state"), render: (_, one) => <StateTag state={one.state} /> },
          { title: t("insight.behind.took"), align: "right", render: (_, one) => span(one.seconds) },
          { title: t("insight.behind.touches"), align: "right", render: (_, one) => number(one.touches) },
        ]}
      />
      {(list.total ?? 0) > PAGE && (
        <Pagination
          {...pages}
          style={{ marginTop: 12 }}
          current={page}
          pageSize={PAGE}
          total={list.total ?? 0}
          showSizeChanger={false}
          onChange={setPage}
        />
      )}
    </>
  );
}

function Chips({ conditions }: { conditions: Conditions }) {
  const { t } = useWords();
  const say = useSaying();
  const said = (Object.entries(conditions) as [Condition, string][])
    .map(([name, value]) => say(name, value))
    .filter((one) => one !== "");
  if (said.length === 0) said.push(t("insight.behind.all"));
  return (
    <>
      {said.map((one) => (
        <Tag key={one}>{one}</Tag>
      ))}
    </>
  );

  /** A condition in words. */
  function useSaying(): (name: Condition, value: string) => string {
    const { said: inWords, day, month } = useWords();
    const processes = useProcesses();
    const measures = useMeasures();
    const groups = useGroups();
    const activity = (id: string): string => inWords(measures.data?.nodes[id]?.name ?? id);
    return (name, value) => {
      switch (name) {
        case "having":
          return t(`insight.behind.having.${value}` as "insight.behind.having.ended");
        case "process":
          return t("insight.behind.process", {
            value: inWords(processes.data?.items.findLast((one) => one.id === value)?.name ?? value),
          });
        case "node":
          return t("insight.behind.node", { value: activity(value) });
        case "began":
          return t("insight.behind.began_", { value: day(value) });
        case "closed":
        case "month":
          return t(`insight.behind.${name}`, { value: month(value) });
        case "before":
          return t("insight.behind.step", {
            before: activity(value),
            after: activity(conditions.after ?? ""),
          });
        case "after":
          return "";
        case "team":
          return t("insight.behind.team", { value: value.split(", ").map(groups).join(", ") });
        case "variant":
        case "again":
          return t(`insight.behind.${name}`);
        case "number":
          return t("insight.behind.number_");
        default:
          return t(`insight.behind.${name}`, { value });
      }
    };
  }
}
