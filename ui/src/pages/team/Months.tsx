// Its score month by month, the people who work with it, and what its work brought.
import { Table } from "antd";

import type { Shapes } from "../../api/client";
import type { Employee } from "../../api/employees";
import { useWords } from "../../parts/useWords";

export function Months({ employee }: { employee: Employee }) {
  const { t, number, share, money, month } = useWords();
  const { week, month: days } = employee.users;
  return (
    <section aria-label={t("team.months")}>
      <h2>{t("team.months")}</h2>
      <p className="quiet">{t("team.activeUsers", { week, month: days })}</p>
      <Table<Shapes["EmployeeMonth"]>
        rowKey="month"
        size="middle"
        pagination={false}
        scroll={{ x: 760 }}
        locale={{ emptyText: t("team.noRuns") }}
        dataSource={[...employee.months].reverse()}
        columns={[
          { title: t("team.monthColumn"), render: (_, one) => month(one.month) },
          {
            title: t("team.score"),
            align: "right",
            render: (_, one) => (one.score === null ? "–" : number(one.score)),
          },
          { title: t("team.monthDone"), align: "right", render: (_, one) => number(one.done) },
          { title: t("team.monthUsers"), align: "right", render: (_, one) => number(one.users) },
          {
            title: t("team.monthRetained"),
            align: "right",
            render: (_, one) => (one.retained === null ? "–" : share(one.retained)),
          },
          {
            title: t("team.monthBrought"),
            align: "right",
            render: (_, one) => money(one.brought, employee.currency),
          },
          {
            title: t("team.monthCost"),
            align: "right",
            render: (_, one) => money(one.cost, employee.currency),
          },
        ]}
      />
    </section>
  );
}
