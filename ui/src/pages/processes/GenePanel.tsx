// The AI gene of an activity: who does it, on what, with which data, rules and tools, and how far AI can.
import { Input } from "antd";
import { useState } from "react";

import { useWords } from "../../parts/useWords";
import { type Gene, GENES, type Genes, type Modelling } from "./modelling";

export function GenePanel({ modelling, element }: { modelling: Modelling | null; element: string | null }) {
  const { t } = useWords();
  const [genes, setGenes] = useState<Genes | null>(() =>
    modelling === null || element === null ? null : modelling.genes(element),
  );
  if (modelling === null || element === null || genes === null)
    return <p className="quiet">{t("processes.design.geneNone")}</p>;
  const write = (gene: Gene): void => {
    const value = genes[gene]?.trim() ?? "";
    if (value !== (modelling.genes(element)?.[gene] ?? "")) modelling.setGene(element, gene, value);
  };
  return (
    <div className="gene">
      <p className="quiet">{t("processes.design.geneLead")}</p>
      {GENES.map((gene) => (
        <label key={gene}>
          {t(`processes.gene.${gene}`)}
          <Input.TextArea
            autoSize={{ minRows: 1, maxRows: 4 }}
            value={genes[gene] ?? ""}
            onChange={(event) => setGenes({ ...genes, [gene]: event.target.value })}
            onBlur={() => write(gene)}
          />
        </label>
      ))}
    </div>
  );
}
