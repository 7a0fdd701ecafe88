// The place of insight: its parts as links, and the process that they are about.
import { Select, Tag } from "antd";
import type { ComponentType } from "react";
import { useParams, useSearchParams } from "react-router";

import { useProcesses } from "../../api/hooks";
import { type Overview, useOverview } from "../../api/insight";
import { Loaded } from "../../parts/Loaded";
import { SubPlaces } from "../../parts/SubPlaces";
import { NotThere } from "../../parts/Trouble";
import { useWords } from "../../parts/useWords";
import { Behind } from "./Behind";
import { Differences } from "./Differences";
import { MapPart } from "./MapPart";
import { MonthPart } from "./MonthPart";
import { OverviewPart } from "./OverviewPart";
import { Proposals } from "./Proposals";
import { WaitingPart } from "./WaitingPart";
import { Worth } from "./Worth";
import "./insight.css";

export interface PartProps {
  overview: Overview;
}

/** Parts about one process, and parts about all. */
const OF_PROCESS: Record<string, ComponentType<PartProps>> = {
  overview: OverviewPart,
  map: MapPart,
  waiting: WaitingPart,
  differences: Differences,
  improve: Proposals,
};
const OF_ALL: Record<string, ComponentType> = { month: MonthPart, worth: Worth, cases: Behind };
const PARTS = ["overview", "month", "map", "waiting", "differences", "improve", "worth"] as const;
const FIRST = "lead_to_cash";

export default function Insight() {
  const { t } = useWords();
  const { part = "overview" } = useParams();
  const [search, setSearch] = useSearchParams();
  const process = search.get("process") ?? FIRST;
  const kept = process === FIRST ? "" : `?process=${encodeURIComponent(process)}`;
  const Whole = OF_ALL[part];
  const Own = OF_PROCESS[part];
  const items = PARTS.map((name) => ({
    name,
    label: t(`insight.part.${name}`),
    to: (name === "overview" ? "/insight" : `/insight/${name}`) + kept,
  }));
  return (
    <main className="page insight">
      <h1>{t("insight.title")}</h1>
      <p className="lead">{t("insight.lead")}</p>
      <SubPlaces label={t("insight.parts")} items={items} here={part} />
      {Whole !== undefined && <Whole />}
      {Own !== undefined && (
        <OfProcess part={Own} process={process} onProcess={(chosen) => setSearch({ process: chosen })} />
      )}
      {Whole === undefined && Own === undefined && <NotThere />}
    </main>
  );
}

interface OfProcessProps {
  part: ComponentType<PartProps>;
  process: string;
  onProcess: (process: string) => void;
}

function OfProcess({ part: Part, process, onProcess }: OfProcessProps) {
  const { t, said, number } = useWords();
  const overview = useOverview(process);
  const known = useProcesses();
  const nameOf = (id: string): string => said(known.data?.items.findLast((one) => one.id === id)?.name ?? id);
  return (
    <Loaded query={overview}>
      {(data) => (
        <>
          <div className="row choices">
            <Select
              aria-label={t("insight.process")}
              style={{ minWidth: 220 }}
              value={process}
              options={data.processes.map(({ id, cases }) => ({
                value: id,
                label: `${nameOf(id)} (${number(cases)})`,
              }))}
              onChange={onProcess}
            />
            {data.simulated && <Tag color="gold">{t("app.demo")}</Tag>}
          </div>
          {data.looked_at === 0 ? <p className="quiet">{t("insight.none")}</p> : <Part overview={data} />}
        </>
      )}
    </Loaded>
  );
}
