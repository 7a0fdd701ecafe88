// What it is doing, did this week, costs and scores; then its duties and what it may call.
import { Table } from "antd";
import { Link } from "react-router";

import type { Employee } from "../../api/employees";
import type { Shapes } from "../../api/client";
import { useGroups } from "../../parts/groups";
import { useWords } from "../../parts/useWords";
import { Months } from "./Months";
import { Score } from "./Score";
import { Week } from "./Week";

export function WorkTab({ employee }: { employee: Employee }) {
  return (
    <>
      <div className="employee-panels">
        <Now employee={employee} />
        <Week employee={employee} />
        <Score employee={employee} />
      </div>
      <Months employee={employee} />
      <Duties employee={employee} />
    </>
  );
}

function Now({ employee }: { employee: Employee }) {
  const { t, said, share, moment } = useWords();
  const { queued, asking, failed, latest } = employee.now;
  return (
    <section className="panel" aria-label={t("team.now")}>
      <h2>{t("team.now")}</h2>
      {queued > 0 && <p>{t("team.queued", { count: queued })}</p>}
      {asking > 0 && (
        <p>
          <Link to="/inbox">{t("team.asking", { count: asking })}</Link>
        </p>
      )}
      {failed > 0 && <p className="mate-stopped">{t("team.failed", { count: failed })}</p>}
      {queued + asking + failed === 0 && <p className="quiet">{t("team.idle")}</p>}
      <h3>{t("team.latest")}</h3>
      {latest.length === 0 && <p className="quiet">{t("team.noRuns")}</p>}
      <ul className="latest">
        {latest.map((one) => (
          <li key={one.run}>
            <Link to={`/cases/${one.instance}`}>
              {t(`team.outcome.${one.outcome}`)} {said(one.name)}
            </Link>
            <span className="quiet small">
              {moment(one.at)} · {t("team.sure", { share: share(one.confidence) })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

type Duty = Shapes["DutyShape"];

function Duties({ employee }: { employee: Employee }) {
  const { t, said, share } = useWords();
  const group = useGroups();
  return (
    <>
      <h2>{t("team.duties")}</h2>
      <p>{employee.instructions}</p>
      <Table<Duty>
        rowKey="activity"
        size="middle"
        pagination={false}
        scroll={{ x: 760 }}
        dataSource={employee.duties}
        columns={[
          { title: t("team.duty"), render: (_, one) => said(one.name) },
          {
            title: t("team.how"),
            render: (_, one) =>
              one.model === null ? t("team.bySkill") : t("team.byModel", { model: one.model }),
          },
          {
            title: t("team.aloneFrom"),
            align: "right",
            render: (_, one) => (one.reviewed_by === null ? "–" : share(one.alone_from)),
          },
          {
            title: t("team.promised"),
            align: "right",
            render: (_, one) =>
              one.target === null
                ? t("team.nothingPromised")
                : t("team.atMost", { share: share(one.target) }),
          },
          {
            title: t("team.reviewedBy"),
            render: (_, one) => (one.reviewed_by === null ? "–" : group(one.reviewed_by)),
          },
        ]}
      />
      <h2>{t("team.may")}</h2>
      <p className="operations">
        {employee.operations.map((one) => (
          <code key={one}>{one}</code>
        ))}
      </p>
    </>
  );
}
