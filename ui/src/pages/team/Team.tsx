// The team: every digital employee as a person, with what it is doing, this week's work, cost and score.
import { Link } from "react-router";

import { type EmployeeShort, useEmployees } from "../../api/employees";
import { Loaded } from "../../parts/Loaded";
import { useWords } from "../../parts/useWords";
import { mayAny, useMe } from "../../shell/me";
import { Portrait } from "./Portrait";
import { StateLine } from "./StateLine";
import "./team.css";

export default function Team() {
  const { t } = useWords();
  const employees = useEmployees();
  const me = useMe();
  return (
    <main className="page">
      <h1>{t("team.title")}</h1>
      <p className="lead">{t("team.lead")}</p>
      {me.data !== undefined && mayAny(me.data, ["call"]) && (
        <p>
          <Link to="/team/tools">{t("team.tools.open")}</Link>
        </p>
      )}
      <Loaded query={employees} empty={{ when: (data) => data.items.length === 0, say: t("team.none") }}>
        {(data) => (
          <ul className="team">
            {data.items.map((one) => (
              <li key={one.id}>
                <Card employee={one} />
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </main>
  );
}

function Card({ employee }: { employee: EmployeeShort }) {
  const { t, said, number, money, day } = useWords();
  const { week, work } = employee;
  const figures: [string, string][] = [
    [t("team.done"), number(week.done)],
    [t("team.asked"), number(week.asked)],
    [t("team.cost"), money(week.cost, employee.currency)],
    [t("team.score"), work.score === null ? "–" : number(work.score)],
  ];
  return (
    <article className="panel mate">
      <div className="row mate-head">
        <Portrait title={employee.title} stopped={employee.stopped} />
        <div>
          <h2>
            <Link to={`/team/${employee.id}`}>{said(employee.title)}</Link>
          </h2>
          <StateLine employee={employee} />
        </div>
      </div>
      <p className="mate-now">
        {employee.queued > 0 && <span>{t("team.queued", { count: employee.queued })} </span>}
        {employee.asking > 0 && <span>{t("team.asking", { count: employee.asking })}</span>}
        {employee.queued + employee.asking === 0 && <span className="quiet">{t("team.idle")}</span>}
      </p>
      <div className="quiet small">
        {!employee.current ? t("team.weekUntil", { day: day(employee.until) }) : t("team.week")}
      </div>
      <dl className="figures">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="figure">{value}</dd>
          </div>
        ))}
      </dl>
    </article>
  );
}
