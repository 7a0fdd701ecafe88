// Calls as rows: when, who, what, for which case, how it ended, by which rule.
import { Table, Tag } from "antd";
import { Link } from "react-router";

import type { Call } from "../../api/services";
import { Actor, actorKind } from "../../parts/Actor";
import { useActors } from "../../parts/actors";
import { useWords } from "../../parts/useWords";

const TONES: Record<Call["outcome"], string> = {
  ok: "green",
  denied: "red",
  confirmation: "gold",
  error: "red",
};

export function CallTable({ calls, currency }: { calls: Call[]; currency?: string }) {
  const { t, moment, number, money } = useWords();
  const named = useActors();
  return (
    <Table<Call>
      aria-label={t("services.calls")}
      rowKey="position"
      size="small"
      pagination={false}
      scroll={{ x: 1100 }}
      dataSource={calls}
      locale={{ emptyText: t("services.noCalls") }}
      columns={[
        { title: t("services.at"), width: 170, render: (_, one) => moment(one.at) },
        {
          title: t("services.who"),
          width: 180,
          render: (_, one) => <Actor kind={actorKind(one.actor_kind)} name={named(one.actor_id)} />,
        },
        {
          title: t("services.what"),
          width: 210,
          render: (_, one) => (
            <>
              {one.operation}
              {one.cached && <div className="quiet small">{t("services.cached")}</div>}
              {one.retry && <div className="quiet small">{t("services.repeated")}</div>}
            </>
          ),
        },
        {
          title: t("services.case"),
          width: 100,
          render: (_, one) =>
            one.instance === null ? "" : <Link to={`/cases/${one.instance}`}>{one.instance.slice(-8)}</Link>,
        },
        {
          title: t("services.outcome"),
          width: 130,
          render: (_, one) => (
            <>
              <Tag color={TONES[one.outcome]}>{t(`services.outcomes.${one.outcome}`)}</Tag>
              {one.problem !== null && <div className="quiet small">{one.problem}</div>}
            </>
          ),
        },
        {
          title: t("services.took"),
          width: 100,
          align: "right",
          render: (_, one) => t("services.ms", { value: number(one.ms) }),
        },
        {
          title: t("services.amount"),
          width: 130,
          align: "right",
          render: (_, one) =>
            one.amount === null
              ? ""
              : currency === undefined
                ? number(one.amount)
                : money(one.amount, currency),
        },
        { title: t("services.rule"), className: "quiet small", render: (_, one) => one.rule ?? "" },
      ]}
    />
  );
}
