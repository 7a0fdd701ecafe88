// What is doubtful in a decision, row by row: gaps, overlaps, rules that never decide.
import type { Shapes } from "../../api/client";
import { useWords } from "../../parts/useWords";

export function Doubts({ findings }: { findings: Shapes["DecisionFinding"][] }) {
  const { t } = useWords();
  return (
    <section className="panel" aria-label={t("decisions.findings")}>
      <h2>{t("decisions.findings")}</h2>
      {findings.length === 0 && <p className="quiet">{t("decisions.sound")}</p>}
      <ul className="findings">
        {findings.map((one) => (
          <li key={`${one.where}/${one.rule}/${one.column}/${one.message}`}>
            <strong>{t(`decisions.kind.${one.kind.replaceAll(" ", "_")}`, one.kind)}</strong>{" "}
            {one.rule > 0 && t("decisions.row", { row: one.rule })} {one.message}{" "}
            <span className="quiet">
              {Object.entries(one.example)
                .map(([name, value]) => `${name} = ${String(value)}`)
                .join(", ")}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
