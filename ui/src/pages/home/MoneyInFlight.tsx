// Money on its way: what is quoted, ordered, invoiced, and how much of it is late; one box a stage and currency.
import type { Shapes } from "../../api/client";
import { useWords } from "../../parts/useWords";

type Stage = Shapes["MoneyStage"];

export function MoneyInFlight({ stages }: { stages: readonly Stage[] }) {
  const { t } = useWords();
  if (stages.length === 0) return null;
  return (
    <section className="panel money" aria-label={t("home.money.title")}>
      <h2>{t("home.money.title")}</h2>
      <ol>
        {stages.map((one) => (
          <li key={`${one.stage} ${one.currency}`}>
            <OneStage stage={one} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function OneStage({ stage }: { stage: Stage }) {
  const { t, money, number } = useWords();
  const { amount, late, count, currency } = stage;
  const tardy = t(stage.stage === "quoted" ? "home.money.lapsed" : "home.money.late", {
    amount: money(late, currency),
  });
  return (
    <>
      <span className="quiet small">{t(`home.money.${stage.stage}`)}</span>
      <strong className="figure">{money(amount, currency)}</strong>
      <span className="quiet small">
        {t("home.money.count", { count, shown: number(count) })}
        {stage.stage !== "ordered" && " · "}
        {stage.stage !== "ordered" && (
          <span className={late > 0 ? "warm" : ""}>{late > 0 ? tardy : t("home.money.inTime")}</span>
        )}
      </span>
    </>
  );
}
