// The monthly score and the parts that it is made of.
import type { Employee } from "../../api/employees";
import { useWords } from "../../parts/useWords";

const PARTS = ["audit", "evaluation", "feedback", "alone"] as const;

export function Score({ employee }: { employee: Employee }) {
  const { t, number, share, day } = useWords();
  const { work } = employee;
  return (
    <section className="panel" aria-label={t("team.score")}>
      <h2>{t("team.score")}</h2>
      <p>
        {work.score === null ? (
          <span className="quiet">{t("team.noScore")}</span>
        ) : (
          <>
            <span className="score figure">{number(work.score)}</span>{" "}
            <span className="quiet">{t("team.scoreHow")}</span>
          </>
        )}
      </p>
      <div className="quiet small">
        {!employee.current ? t("team.monthUntil", { day: day(employee.until) }) : t("team.month")}
      </div>
      <dl className="facts">
        {PARTS.map((name) => (
          <div key={name}>
            <dt>{t(`team.part.${name}`)}</dt>
            <dd className="figure">
              {work.parts[name] === null ? (
                <span className="quiet">{t("team.noCase")}</span>
              ) : (
                share(work.parts[name])
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
