// One digital employee: who it is, its parts, and a big quiet Stop.
import type { ComponentType } from "react";
import { Link, useParams } from "react-router";

import { type Employee, useEmployee } from "../../api/employees";
import { Loaded } from "../../parts/Loaded";
import { SubPlaces } from "../../parts/SubPlaces";
import { ArrowLeftOutlined } from "../../parts/icons";
import { useWords } from "../../parts/useWords";
import { LearnedTab } from "./LearnedTab";
import { Portrait } from "./Portrait";
import { PromiseTab } from "./PromiseTab";
import { ReleaseTab } from "./ReleaseTab";
import { StateLine } from "./StateLine";
import { StopButton } from "./StopButton";
import { WorkTab } from "./WorkTab";
import "./team.css";

interface Part {
  name: string;
  view: ComponentType<{ employee: Employee }>;
}

const FIRST: Part = { name: "work", view: WorkTab };
const PARTS: readonly Part[] = [
  FIRST,
  { name: "promise", view: PromiseTab },
  { name: "learned", view: LearnedTab },
  { name: "release", view: ReleaseTab },
];

export default function EmployeePage() {
  const { t, said } = useWords();
  const { id = "", tab } = useParams();
  const employee = useEmployee(id);
  const chosen = PARTS.find((one) => one.name === tab) ?? FIRST;
  return (
    <main className="page">
      <Link to="/team" className="small">
        <ArrowLeftOutlined /> {t("team.back")}
      </Link>
      <Loaded query={employee}>
        {(data) => (
          <>
            <header className="spread employee-head">
              <div className="row mate-head">
                <Portrait title={data.title} stopped={data.stopped} size={72} />
                <div>
                  <h1>{said(data.title)}</h1>
                  <StateLine employee={data} />
                  <div className="quiet small">{t(`team.kind.${data.kind}`)}</div>
                </div>
              </div>
              <StopButton employee={data} />
            </header>
            <SubPlaces
              label={said(data.title)}
              here={chosen.name}
              items={PARTS.map(({ name }) => ({
                name,
                label: t(`team.tab.${name}`),
                to: `/team/${data.id}/${name}`,
              }))}
            />
            <chosen.view employee={data} />
          </>
        )}
      </Loaded>
    </main>
  );
}
