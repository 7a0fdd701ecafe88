// The changes that would bring most, each with its monthly gain and interval, cost and risk.
import { Link } from "react-router";

import type { Month } from "../../api/insight";
import { useWords } from "../../parts/useWords";
import { cents } from "./measures";
import { Opening } from "./Opening";

export function Best({ proposals, currency }: { proposals: Month["best"]; currency: string }) {
  const { t, said, money } = useWords();
  if (proposals.length === 0)
    return (
      <p>
        {t("insight.owner.bestNone")} <Link to="/insight/improve">{t("insight.part.improve")}</Link>
      </p>
    );
  return (
    <ol className="proposals">
      {proposals.map((one) => {
        const { monthly_gain: gain } = one;
        const [mean, low, high] = [cents(gain.mean), cents(gain.low), cents(gain.high)];
        return (
          <li key={one.key} className="panel">
            <h3>{said(one.title)}</h3>
            <div className="tile-value figure">
              {money(mean, currency)} <span className="quiet small">{t("insight.owner.aMonth")}</span>
            </div>
            <p className="quiet small">
              {t("insight.owner.interval", { low: money(low, currency), high: money(high, currency) })}
              {low < 0 && ` – ${t("insight.owner.unsure")}`}
            </p>
            <p className="small">
              {t("insight.improve.cost")}: {money(one.monthly_cost, currency)}
              <br />
              {t("insight.improve.risk")}: {said(one.risk)}
            </p>
            <Opening proposal={one} />
          </li>
        );
      })}
    </ol>
  );
}
