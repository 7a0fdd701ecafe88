// The card of an activity: what is there now, who does it, what it takes.
import { Descriptions } from "antd";
import { Link } from "react-router";

import type { Shapes } from "../../api/client";
import { useLive, useMeasures } from "../../api/hooks";
import { PenetrationBar } from "../../parts/PenetrationBar";
import { useWords } from "../../parts/useWords";
import { Retry } from "../cases/Retry";
import { FormPreview } from "./FormPreview";

interface Props {
  version: Shapes["DefinitionShape"];
  element: string | null;
  name: string;
  /** The form that it is answered with, where people do it. */
  form: string | undefined;
}

export function ActivityCard({ version, element, name, form }: Props) {
  const { t, number, span, money } = useWords();
  const live = useLive(version.key);
  const measures = useMeasures();
  if (element === null) return <p className="quiet">{t("processes.pick")}</p>;
  const here = live.data?.elements[element];
  const node = measures.data?.nodes[element];
  const items = [
    { label: t("processes.tokens"), children: number(here?.active ?? 0) },
    { label: t("processes.waits"), children: number(here?.waiting ?? 0) },
    { label: t("processes.incidents"), children: number(here?.incidents ?? 0) },
    { label: t("processes.done"), children: number(here?.completed ?? 0) },
    ...(node === undefined
      ? []
      : [
          { label: t("processes.doneByHand"), children: number(node.touched) },
          { label: t("processes.cycle"), children: span(node.cycle_time_median_s) },
          { label: t("processes.cost"), children: money(node.cost_to_serve, measures.data?.currency ?? "") },
        ]),
  ];
  return (
    <section className="panel" style={{ marginTop: 16 }} aria-label={name}>
      <div className="spread">
        <h2 style={{ fontSize: 16, margin: "0 0 12px" }}>{name}</h2>
        <span className="row">
          {here !== undefined && here.incidents > 0 && (
            <Retry stopped={{ process_id: version.id, element }} count={here.incidents} />
          )}
          <Link to={`/cases?process=${version.id}&at=${element}`}>{t("processes.cases")}</Link>
        </span>
      </div>
      {node !== undefined && <PenetrationBar penetration={node.penetration} />}
      <Descriptions
        size="small"
        column={{ xs: 1, sm: 2, md: 4 }}
        items={items.map((one, key) => ({ key, ...one }))}
      />
      {form !== undefined && <FormPreview key={form} form={form} />}
    </section>
  );
}
