// How far a process is, from AI that assists to AI that runs it, and what is missing for the next level.
import { Link } from "react-router";

import type { Autonomy } from "../../api/plan";
import { useWords } from "../../parts/useWords";

const LEVELS = [1, 2, 3, 4, 5];
const SHARES: readonly string[] = ["ai_share", "aar"];

export function AutonomyCard({ autonomy, name }: { autonomy: Autonomy; name: string }) {
  const { t, said, share, number } = useWords();
  const written = (demand: string, value: number | null): string =>
    value === null ? t("plan.autonomy.unmeasured") : SHARES.includes(demand) ? share(value) : number(value);
  return (
    <section className="panel" aria-label={name}>
      <div className="spread">
        <h3>
          <Link to={`/processes/${autonomy.process}`}>{name}</Link>
        </h3>
        <strong>{`L${autonomy.level} ${said(autonomy.title)}`}</strong>
      </div>
      <div className="levels" aria-hidden>
        {LEVELS.map((level) => (
          <span key={level} className={level <= autonomy.level ? "is-reached" : ""} />
        ))}
      </div>
      {autonomy.missing.length > 0 && (
        <>
          <p className="quiet small">{t("plan.autonomy.missing", { level: autonomy.level + 1 })}</p>
          <ul className="small">
            {autonomy.missing.map((one) => (
              <li key={one.name}>
                {t("plan.autonomy.demand", {
                  what: said(one.title),
                  have: written(one.name, one.have),
                  need: written(one.name, one.need),
                })}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
