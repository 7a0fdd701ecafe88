// All figures of a process: as tiles, over time as a line, and in a table from any side.
import { Segmented, Select } from "antd";
import { useMemo, useState } from "react";
import { useNavigate } from "react-router";

import type { Overview } from "../../api/insight";
import { LazyChart } from "../../charts/LazyChart";
import { trend } from "../../charts/option";
import { useWords } from "../../parts/useWords";
import { useMode } from "../../shell/mode";
import { addressOf, dayOf } from "./behind";
import { type Cutting, CUTTINGS, Cuts } from "./Cuts";
import { Figure } from "./Figure";
import type { PartProps } from "./Insight";
import { BEHIND, type Measure, MEASURES, VALUE, written } from "./measures";

export function OverviewPart({ overview }: PartProps) {
  const { t, number } = useWords();
  const [cutting, setCutting] = useState<Cutting>("node");
  return (
    <>
      <Tiles overview={overview} />
      {overview.looked_at < (overview.processes.find((one) => one.id === overview.process)?.cases ?? 0) && (
        <p className="quiet small">{t("insight.newest", { count: number(overview.looked_at) as never })}</p>
      )}
      <Trend overview={overview} />
      <div className="row choices">
        <Segmented
          aria-label={t("insight.cuts")}
          value={cutting}
          options={CUTTINGS.map((value) => ({ value, label: t(`insight.cut.${value}`) }))}
          onChange={setCutting}
        />
      </div>
      <Cuts overview={overview} cutting={cutting} />
    </>
  );
}

function Tiles({ overview }: { overview: Overview }) {
  const words = useWords();
  const { t, number } = words;
  const { whole, process, currency } = overview;
  return (
    <div className="tiles">
      <div className="panel">
        <div className="quiet">{t("insight.cases")}</div>
        <div className="tile-value">
          <Figure of={{ process }}>{number(whole.cases)}</Figure>
        </div>
        <div className="quiet small">
          <Figure of={{ process, having: "ended" }}>
            {t("insight.completed", { count: whole.completed })}
          </Figure>
        </div>
      </div>
      {MEASURES.map((measure) => (
        <div className="panel" key={measure}>
          <div className="quiet">{t(`insight.${measure}`)}</div>
          <div className="tile-value">
            {VALUE[measure](whole) === null ? (
              "–"
            ) : (
              <Figure of={{ process, ...BEHIND[measure] }}>
                {written(measure, VALUE[measure](whole), currency, words)}
              </Figure>
            )}
          </div>
          <div className="quiet small">{t(`insight.${measure}How`)}</div>
        </div>
      ))}
    </div>
  );
}

function Trend({ overview }: { overview: Overview }) {
  const words = useWords();
  const { t, day } = words;
  const [mode] = useMode();
  const go = useNavigate();
  const [measure, setMeasure] = useState<Measure>("aar");
  const { over_time, currency, process } = overview;
  const option = useMemo(
    () =>
      trend(
        mode,
        over_time.map((one) => ({ name: day(one.began), value: VALUE[measure](one) })),
        (value) => written(measure, value, currency, words),
      ),
    [mode, over_time, measure, currency, words, day],
  );
  const label = t("insight.trend", { measure: t(`insight.${measure}`) });
  return (
    <section className="panel" aria-label={label}>
      <div className="row choices">
        <Select
          aria-label={t("insight.measure")}
          style={{ minWidth: 200 }}
          value={measure}
          options={MEASURES.map((value) => ({ value, label: t(`insight.${value}`) }))}
          onChange={setMeasure}
        />
        <span className="quiet small">{t("insight.trendHow")}</span>
      </div>
      <LazyChart
        option={option}
        label={label}
        height={240}
        onChoose={(place) => {
          const began = over_time[place]?.began;
          if (began !== undefined) void go(addressOf({ process, began: dayOf(began) }));
        }}
      />
    </section>
  );
}
