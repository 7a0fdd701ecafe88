// The AI gene of a scene's Action: who is to do it, the six factors, what goes in and out, how mature it is.
import { Tag } from "antd";
import { Link } from "react-router";

import type { Shapes } from "../../api/client";
import { useWords } from "../../parts/useWords";

const FACTORS = [
  "role",
  "object",
  "data",
  "standards",
  "tools",
  "technique",
  "inputs",
  "outputs",
  "journey",
] as const;

export function GeneCard({ row }: { row: Shapes["NodeShape"] }) {
  const { t, said } = useWords();
  const { node } = row;
  const known = FACTORS.filter((name) => node[name] !== "");
  return (
    <section className="panel gene-card" aria-label={t("plan.gene.title")}>
      <div className="quiet small">{row.path.map(said).join(" › ")}</div>
      <h2>{said(row.title)}</h2>
      <p className="row">
        {node.mode != null && <Tag>{t(`plan.gene.mode.${node.mode}`)}</Tag>}
        {node.capability != null && <Tag>{t(`plan.gene.capability.${node.capability}`)}</Tag>}
        {node.feasibility != null && <Tag>{t("plan.gene.feasibility", { of: node.feasibility })}</Tag>}
      </p>
      {node.action !== "" && node.pain !== "" && <p>{said(node.pain)}</p>}
      <dl>
        {known.map((name) => (
          <div key={name}>
            <dt>{t(`plan.gene.${name}`)}</dt>
            <dd>{said(node[name])}</dd>
          </div>
        ))}
      </dl>
      {known.length === 0 && <p className="quiet">{t("plan.gene.none")}</p>}
      {node.process !== "" && <Link to={`/processes/${node.process}`}>{t("plan.gene.process")}</Link>}
    </section>
  );
}
