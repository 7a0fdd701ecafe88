// The plan: where AI is to work and in which order, how far each process is, and the next 180 days.
import { useState } from "react";

import { useProcesses } from "../../api/hooks";
import { type Plan, usePlan } from "../../api/plan";
import { Loaded } from "../../parts/Loaded";
import { useWords } from "../../parts/useWords";
import { mayAny, useMe } from "../../shell/me";
import { AutonomyCard } from "./AutonomyCard";
import { GeneCard } from "./GeneCard";
import { Quadrant } from "./Quadrant";
import { Scenes } from "./Scenes";
import { Steps } from "./Steps";
import { Weighing } from "./Weighing";
import { Workbook } from "./Workbook";
import "./plan.css";

export default function PlanPage() {
  const { t } = useWords();
  const me = useMe();
  const plan = usePlan();
  const may = me.data !== undefined && mayAny(me.data, ["plan"]);
  return (
    <main className="page">
      <h1>{t("plan.title")}</h1>
      <p className="lead">{t("plan.lead")}</p>
      <Loaded query={plan}>
        {(data) => (
          <>
            <Workbook may={may} />
            {data.number === 0 && <p className="quiet small">{t("plan.shipped")}</p>}
            <Contents plan={data} may={may} />
          </>
        )}
      </Loaded>
    </main>
  );
}

function Contents({ plan, may }: { plan: Plan; may: boolean }) {
  const { t, said } = useWords();
  const processes = useProcesses();
  const [wish, setWish] = useState<number>();
  const chosen = plan.scenes.some((one) => one.row === wish) ? wish : plan.scenes[0]?.row;
  const row = chosen === undefined ? undefined : plan.nodes[chosen];
  const nameOf = (process: string): string =>
    said(processes.data?.items.findLast((one) => one.id === process)?.name ?? process);
  return (
    <>
      <h2>{t("plan.quadrant.title")}</h2>
      {plan.scenes.length === 0 ? (
        <p className="quiet">{t("plan.scenes.none")}</p>
      ) : (
        <>
          <div className="scene-map">
            <Quadrant scenes={plan.scenes} chosen={chosen} onChoose={setWish} />
            {row !== undefined && <GeneCard row={row} />}
          </div>
          <Scenes scenes={plan.scenes} chosen={chosen} onChoose={setWish} />
          <h2>{t("plan.steps.title")}</h2>
          <Steps steps={plan.steps} />
        </>
      )}
      {plan.autonomy.length > 0 && (
        <>
          <h2>{t("plan.autonomy.title")}</h2>
          <div className="phases">
            {plan.autonomy.map((one) => (
              <AutonomyCard key={one.process} autonomy={one} name={nameOf(one.process)} />
            ))}
          </div>
        </>
      )}
      <h2>{t("plan.weights.title")}</h2>
      <Weighing weights={plan.weights} may={may} />
    </>
  );
}
