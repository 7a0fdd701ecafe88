// The figures from one side: by week or month, activity, person, team or customer; each row leads to its cases.
import { Table, type TableColumnsType } from "antd";

import type { Conditions, Cut, Hands, Overview } from "../../api/insight";
import { Actor, actorKind } from "../../parts/Actor";
import { useGroups } from "../../parts/groups";
import { usePages } from "../../parts/usePages";
import { useWords } from "../../parts/useWords";
import { dayOf } from "./behind";
import { Figure } from "./Figure";
import { BEHIND, MEASURES, VALUE, written } from "./measures";

export const CUTTINGS = ["time", "node", "person", "team", "customer"] as const;
export type Cutting = (typeof CUTTINGS)[number];

interface Named {
  id: string;
  name: string;
  of: Conditions;
  cut: Cut;
}

export function Cuts({ overview, cutting }: { overview: Overview; cutting: Cutting }) {
  const { day, t } = useWords();
  const { process } = overview;
  if (cutting === "node") return <Nodes overview={overview} />;
  if (cutting === "person") return <InHands overview={overview} rows={overview.by_person} />;
  if (cutting === "team") return <InHands overview={overview} rows={overview.by_team} />;
  const rows: Named[] =
    cutting === "time"
      ? overview.over_time.map((cut) => {
          const began = dayOf(cut.began);
          return { id: began, name: day(cut.began), of: { process, began }, cut };
        })
      : overview.by_customer.map((cut) => ({
          id: cut.name,
          name: cut.name,
          of: { process, customer: cut.name },
          cut,
        }));
  const head =
    cutting === "customer"
      ? t("insight.customer")
      : t(overview.step === "week" ? "insight.week" : "insight.month");
  return <Measured head={head} rows={rows} currency={overview.currency} />;
}

function Measured({ head, rows, currency }: { head: string; rows: Named[]; currency: string }) {
  const words = useWords();
  const { t, number } = words;
  const columns: TableColumnsType<Named> = [
    { title: head, render: (_, one) => one.name },
    {
      title: t("insight.cases"),
      align: "right",
      render: (_, { of, cut }) => <Figure of={of}>{number(cut.cases)}</Figure>,
    },
    ...MEASURES.map((measure) => ({
      title: t(`insight.${measure}`),
      align: "right" as const,
      render: (_: unknown, { of, cut }: Named) => {
        const value = VALUE[measure](cut);
        if (value === null) return "–";
        return <Figure of={{ ...of, ...BEHIND[measure] }}>{written(measure, value, currency, words)}</Figure>;
      },
    })),
  ];
  return <Wide rows={rows} columns={columns} />;
}

function Nodes({ overview }: { overview: Overview }) {
  const { t, said, number, share, span, money } = useWords();
  type Row = Overview["by_node"][number];
  const of = (one: Row, more: Conditions = {}): Conditions => ({
    process: overview.process,
    node: one.id,
    ...more,
  });
  const columns: TableColumnsType<Row> = [
    { title: t("insight.activity"), render: (_, one) => said(one.name) },
    {
      title: t("insight.done"),
      align: "right",
      render: (_, one) => <Figure of={of(one, { having: "ended" })}>{number(one.completed)}</Figure>,
    },
    {
      title: t("insight.touched"),
      align: "right",
      render: (_, one) => <Figure of={of(one, { having: "touched" })}>{number(one.touched)}</Figure>,
    },
    {
      title: t("insight.aar"),
      align: "right",
      render: (_, one) => <Figure of={of(one, { having: "untouched" })}>{share(one.aar)}</Figure>,
    },
    {
      title: t("insight.penetration"),
      align: "right",
      render: (_, one) => <Figure of={of(one)}>{share(one.penetration)}</Figure>,
    },
    {
      title: t("insight.cost"),
      align: "right",
      render: (_, one) => <Figure of={of(one)}>{money(one.cost_to_serve, overview.currency)}</Figure>,
    },
    {
      title: t("insight.cycle"),
      align: "right",
      render: (_, one) => <Figure of={of(one, { having: "ended" })}>{span(one.cycle_time_median_s)}</Figure>,
    },
    {
      title: t("insight.sla"),
      align: "right",
      render: (_, one) => <Figure of={of(one, { having: "overdue" })}>{share(one.sla)}</Figure>,
    },
    {
      title: t("insight.rework"),
      align: "right",
      render: (_, one) => <Figure of={of(one, { having: "repeated" })}>{share(one.rework)}</Figure>,
    },
    {
      title: t("insight.right"),
      align: "right",
      render: (_, one) => <Figure of={of(one, { having: "changed" })}>{share(one.first_time_right)}</Figure>,
    },
  ];
  return <Wide rows={overview.by_node} columns={columns} />;
}

function InHands({ overview, rows }: { overview: Overview; rows: readonly Hands[] }) {
  const { t, said, number, share, span, money } = useWords();
  const groups = useGroups();
  const named = (one: Hands): string =>
    one.kind === "team" ? one.id.split(", ").map(groups).join(", ") : said(one.name);
  const of = (one: Hands, more: Conditions = {}): Conditions => ({
    process: overview.process,
    [one.kind]: one.id,
    ...more,
  });
  const columns: TableColumnsType<Hands> = [
    {
      title: t(rows[0]?.kind === "team" ? "insight.team" : "insight.who"),
      render: (_, one) => (
        <Actor kind={one.kind === "team" ? "person" : actorKind(one.kind)} name={named(one)} />
      ),
    },
    {
      title: t("insight.cases"),
      align: "right",
      render: (_, one) => <Figure of={of(one)}>{number(one.cases)}</Figure>,
    },
    {
      title: t("insight.done"),
      align: "right",
      render: (_, one) => <Figure of={of(one)}>{number(one.done)}</Figure>,
    },
    {
      title: t("insight.alone"),
      align: "right",
      render: (_, one) => <Figure of={of(one, { having: "untouched" })}>{share(one.alone)}</Figure>,
    },
    {
      title: t("insight.answerTime"),
      align: "right",
      render: (_, one) => <Figure of={of(one)}>{span(one.median_s)}</Figure>,
    },
    {
      title: t("insight.sla"),
      align: "right",
      render: (_, one) => <Figure of={of(one, { having: "overdue" })}>{share(one.sla)}</Figure>,
    },
    {
      title: t("insight.cost"),
      align: "right",
      render: (_, one) => <Figure of={of(one)}>{money(one.cost, overview.currency)}</Figure>,
    },
  ];
  return (
    <>
      <p className="quiet small">{t("insight.handsHow")}</p>
      <Wide rows={rows} columns={columns} />
    </>
  );
}

function Wide<T extends { id: string }>({
  rows,
  columns,
}: {
  rows: readonly T[];
  columns: TableColumnsType<T>;
}) {
  const pages = usePages();
  return (
    <Table<T>
      rowKey={(one) => one.id}
      size="middle"
      pagination={rows.length > 50 ? { ...pages, pageSize: 50, showSizeChanger: false } : false}
      scroll={{ x: 900 }}
      dataSource={[...rows]}
      columns={columns}
    />
  );
}
