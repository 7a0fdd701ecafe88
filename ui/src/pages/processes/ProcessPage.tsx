// One process: the diagram as hero, live, as a heat map, compared with another version, or to be designed.
import { Segmented, Select, Skeleton } from "antd";
import { lazy, Suspense, useMemo, useState } from "react";
import { useParams, useSearchParams } from "react-router";

import type { Shapes } from "../../api/client";
import { useMeasures, useModel, useProcesses } from "../../api/hooks";
import { useLiveMap } from "../../api/live";
import { LazyDiagram } from "../../diagram/LazyDiagram";
import type { Marks } from "../../diagram/marks";
import { formOf, namesOf } from "../../diagram/names";
import { Loaded } from "../../parts/Loaded";
import { NotThere } from "../../parts/Trouble";
import { useWords } from "../../parts/useWords";
import { useMe } from "../../shell/me";
import { ActivityCard } from "./ActivityCard";
import { Compare } from "./Compare";
import { type Heat, heatMarks, HEATS } from "./heat";

type Version = Shapes["DefinitionShape"];
const MODES = ["live", "heat", "compare", "design"] as const;
const Design = lazy(() => import("./Design"));

export default function ProcessPage() {
  const { id = "" } = useParams();
  const processes = useProcesses();
  return (
    <main className="page">
      <Loaded query={processes}>
        {(data) => {
          const versions = data.items.filter((one) => one.id === id).sort((a, b) => b.version - a.version);
          return versions[0] === undefined ? (
            <NotThere />
          ) : (
            <Process versions={versions} newest={versions[0]} />
          );
        }}
      </Loaded>
    </main>
  );
}

function Process({ versions, newest }: { versions: Version[]; newest: Version }) {
  const { t, said } = useWords();
  const [search, setSearch] = useSearchParams();
  const selected = search.get("at");
  const [heat, setHeat] = useState<Heat>("completed");
  const me = useMe();
  const modes = MODES.filter((one) => one !== "design" || me.data?.may["deploy"] === true);
  const mode = modes.find((one) => one === search.get("mode")) ?? "live";
  const version = versions.find((one) => one.key === search.get("version")) ?? newest;
  const model = useModel(version.key);
  const names = useMemo(() => namesOf(model.data ?? ""), [model.data]);
  const choose = (name: string, value: string | null): void => {
    const next = new URLSearchParams(search);
    if (value === null) next.delete(name);
    else next.set(name, value);
    setSearch(next, { replace: true });
  };
  return (
    <>
      <h1>{said(newest.name)}</h1>
      <div className="row" style={{ margin: "8px 0 12px" }}>
        <Select
          value={version.key}
          aria-label={t("processes.version")}
          style={{ minWidth: 120 }}
          options={versions.map((one) => ({
            value: one.key,
            label: `${t("processes.version")} ${one.version}`,
          }))}
          onChange={(value) => choose("version", value)}
        />
        <Segmented
          aria-label={t("processes.modes")}
          value={mode}
          options={modes.map((value) => ({ value, label: t(`processes.mode.${value}`) }))}
          onChange={(value) => choose("mode", value)}
        />
        {mode === "heat" && (
          <Segmented
            aria-label={t("processes.heats")}
            value={heat}
            options={HEATS.map((value) => ({ value, label: t(`processes.heat.${value}`) }))}
            onChange={setHeat}
          />
        )}
      </div>
      {mode === "design" && (
        <Loaded query={model}>
          {(xml) => (
            <Suspense fallback={<Skeleton active />}>
              <Design key={version.key} version={version} xml={xml} />
            </Suspense>
          )}
        </Loaded>
      )}
      {mode === "compare" && <Compare key={version.key} version={version} versions={versions} />}
      {(mode === "live" || mode === "heat") && (
        <>
          <Loaded query={model}>
            {(xml) => (
              <Looking
                version={version}
                heat={mode === "heat" ? heat : null}
                xml={xml}
                selected={selected}
                onSelect={(element) => choose("at", element)}
                label={`${t("processes.diagram")}: ${said(newest.name)}`}
              />
            )}
          </Loaded>
          <ActivityCard
            version={version}
            element={selected}
            name={selected === null ? "" : said(names.get(selected) ?? selected)}
            form={selected === null || model.data === undefined ? undefined : formOf(model.data, selected)}
          />
        </>
      )}
    </>
  );
}

interface LookingProps {
  version: Version;
  /** Which heat; null: live. */
  heat: Heat | null;
  xml: string;
  selected: string | null;
  onSelect: (element: string | null) => void;
  label: string;
}

/** The diagram as it moves, ten times a second: nothing else of the page is drawn anew with it. */
function Looking({ version, heat, ...rest }: LookingProps) {
  return (
    <LazyDiagram {...rest} focus={rest.selected ?? undefined} marks={useMarks(version, heat)} height="58vh" />
  );
}

function useMarks(version: Version, heat: Heat | null): Marks {
  const { share, span, number } = useWords();
  const live = useLiveMap(version.key);
  const measures = useMeasures();
  return useMemo<Marks>(() => {
    if (heat === null) {
      return Object.fromEntries(
        Object.entries(live ?? {}).map(([id, one]) => [
          id,
          { active: one.active - one.waiting, waiting: one.waiting, incidents: one.incidents },
        ]),
      );
    }
    const write = { completed: number, penetration: share, cycle: span, cost: number }[heat];
    return heatMarks(measures.data?.nodes ?? {}, heat, write);
  }, [heat, live, measures.data, share, span, number]);
}
