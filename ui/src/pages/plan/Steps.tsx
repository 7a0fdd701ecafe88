// The next 180 days: the scenes of each phase, with their measure today and its target.
import { Progress, Tag } from "antd";

import type { Step } from "../../api/plan";
import { useWords } from "../../parts/useWords";

const PHASES = ["pilot", "end_to_end", "reorganise"] as const;

export function Steps({ steps }: { steps: readonly Step[] }) {
  const { t, day } = useWords();
  return (
    <div className="phases">
      {PHASES.map((phase) => {
        const own = steps.filter((one) => one.phase === phase);
        return (
          <section key={phase} className="panel" aria-label={t(`plan.steps.${phase}`)}>
            <h3>{t(`plan.steps.${phase}`)}</h3>
            <p className="quiet small">
              {t(`plan.steps.${phase}How`)}
              {own[0] !== undefined && ` ${t("plan.steps.due", { day: day(own[0].due) })}`}
            </p>
            {own.length === 0 && <p className="quiet">{t("plan.steps.none")}</p>}
            <ul>
              {own.map((one) => (
                <li key={one.scene.row}>
                  <StepLine step={one} />
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function StepLine({ step }: { step: Step }) {
  const { t, said, share } = useWords();
  const now = step.now === null ? t("plan.steps.unmeasured") : share(step.now);
  const words = t("plan.steps.line", {
    measure: t(`plan.steps.${step.measure}`),
    now,
    target: share(step.target),
  });
  return (
    <>
      <div className="spread">
        <span>{said(step.scene.title)}</span>
        {step.reached && <Tag color="green">{t("plan.steps.reached")}</Tag>}
      </div>
      <Progress
        percent={Math.round((step.now ?? 0) * 100)}
        showInfo={false}
        size="small"
        strokeColor="var(--agent)"
        aria-label={words}
      />
      <div className="quiet small figure">{words}</div>
    </>
  );
}
