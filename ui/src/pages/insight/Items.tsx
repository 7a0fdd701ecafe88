// Every cost and benefit of the ledger: its formula, and of each quantity whether it was measured or assumed.
import { Table, Tag } from "antd";

import type { Return } from "../../api/insight";
import { useWords } from "../../parts/useWords";

type Line = Return["scenes"][number]["benefits"][number];
interface Row {
  id: string;
  scene: Record<string, string>;
  kind: "once" | "benefit";
  line: Line;
}

export function Items({ found }: { found: Return }) {
  const { t, said, money, number } = useWords();
  const rows: Row[] = found.scenes.flatMap((scene) =>
    (["costs", "benefits"] as const).flatMap((side) =>
      scene[side].map((line, place) => ({
        id: `${scene.id} ${side} ${place}`,
        scene: { ...scene.title },
        kind: side === "costs" ? ("once" as const) : ("benefit" as const),
        line,
      })),
    ),
  );
  return (
    <Table<Row>
      rowKey="id"
      size="small"
      scroll={{ x: 860 }}
      pagination={false}
      dataSource={rows}
      columns={[
        { title: t("insight.worth.scene"), render: (_, one) => said(one.scene) },
        {
          title: t("insight.worth.item"),
          render: (_, { kind, line }) => (
            <>
              <Tag>{t(`insight.worth.${kind}`)}</Tag>
              {said({ ...line.title })}
              {line.formula !== "" && <div className="quiet small">{line.formula}</div>}
            </>
          ),
        },
        {
          title: t("insight.worth.amount"),
          align: "right",
          render: (_, { line }) => money(line.amount, found.currency),
        },
        {
          title: t("insight.worth.planned"),
          align: "right",
          render: (_, { line }) => money(line.planned, found.currency),
        },
        {
          title: t("insight.worth.basis"),
          render: (_, { line }) =>
            Object.entries(line.quantities).map(([name, one]) => (
              <div key={name} className="small">
                <Tag color={one.measured ? "green" : "gold"}>
                  {t(one.measured ? "insight.worth.measured" : "insight.worth.assumed")}
                </Tag>
                {`${said({ ...one.title })}: ${number(one.value)}`}
                {one.basis.en !== "" && (
                  <span className="quiet">
                    {t("insight.worth.because", { basis: said({ ...one.basis }) })}
                  </span>
                )}
              </div>
            )),
        },
      ]}
    />
  );
}
