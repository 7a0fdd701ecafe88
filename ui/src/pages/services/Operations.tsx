// What a service offers: each operation with what it does to the world, its use, and its schemas on demand.
import { Collapse, Table, Tag } from "antd";

import type { Operation, Service } from "../../api/services";
import { usePages } from "../../parts/usePages";
import { useWords } from "../../parts/useWords";

const TONES: Record<string, string> = { read: "", write: "blue", external: "orange", money: "gold" };

export function Operations({ service }: { service: Service }) {
  const pages = usePages();
  const { t, said, number, money } = useWords();
  const taking = [...service.versions].sort((one, other) => other.share - one.share)[0];
  return (
    <Table<Operation>
      aria-label={t("services.part.operations")}
      rowKey="name"
      size="small"
      pagination={{ ...pages, pageSize: 50, hideOnSinglePage: true }}
      scroll={{ x: 760 }}
      dataSource={taking?.operations ?? []}
      expandable={{ expandedRowRender: (one) => <Schemas operation={one} /> }}
      columns={[
        {
          title: t("services.operations"),
          render: (_, one) => (
            <>
              {said(one.title)}
              <div className="quiet small">{one.name}</div>
            </>
          ),
        },
        {
          title: "",
          width: 300,
          render: (_, one) => (
            <>
              <Tag color={TONES[one.effect] ?? ""}>{t(`services.effect.${one.effect}`)}</Tag>
              {one.effect !== "read" && one.idempotent && <Tag>{t("services.idempotent")}</Tag>}
              {!one.reversible && <Tag>{t("services.irreversible")}</Tag>}
            </>
          ),
        },
        {
          title: t("services.calls"),
          width: 100,
          align: "right",
          sorter: (one, other) => one.use.calls - other.use.calls,
          render: (_, one) => number(one.use.calls),
        },
        {
          title: t("services.trouble"),
          width: 130,
          align: "right",
          render: (_, one) => number(one.use.refused + one.use.failed),
        },
        {
          title: t("services.mean"),
          width: 110,
          align: "right",
          render: (_, one) =>
            one.use.mean_ms === null ? "–" : t("services.ms", { value: number(one.use.mean_ms) }),
        },
        {
          title: t("services.cost"),
          width: 120,
          align: "right",
          render: (_, one) => money(one.use.cost, service.currency),
        },
      ]}
    />
  );
}

function Schemas({ operation }: { operation: Operation }) {
  const { t } = useWords();
  return (
    <Collapse
      ghost
      defaultActiveKey={["input"]}
      items={(["input", "output"] as const).map((name) => ({
        key: name,
        label: t(`services.${name}`),
        children: <pre className="schema">{JSON.stringify(operation[name], null, 2)}</pre>,
      }))}
    />
  );
}
