// The process as it really runs: a map of the most frequent activities and paths, and the variants.
import { Segmented, Slider, Table } from "antd";
import { useMemo, useState } from "react";
import { useNavigate } from "react-router";

import { type ProcessMap, useProcessMap, useVariants } from "../../api/insight";
import { Loaded } from "../../parts/Loaded";
import { usePages } from "../../parts/usePages";
import { useWords } from "../../parts/useWords";
import { addressOf } from "./behind";
import { Figure } from "./Figure";
import type { PartProps } from "./Insight";
import { BEGIN, END, HIGH, layout, WIDE } from "./layout";

const STEP = 0.05;
type Shown = "times" | "time";

export function MapPart({ overview: { process } }: PartProps) {
  const { t } = useWords();
  const [activities, setActivities] = useState(1);
  const [paths, setPaths] = useState(0.4);
  const [shown, setShown] = useState<Shown>("times");
  const map = useProcessMap(process, activities, paths);
  const sliders = [
    ["activities", activities, setActivities],
    ["paths", paths, setPaths],
  ] as const;
  return (
    <>
      <div className="map-choices">
        {sliders.map(([name, value, set]) => (
          <div key={name}>
            <span>{t(`insight.map.${name}`)}</span>
            <Slider
              min={0}
              max={1}
              step={STEP}
              defaultValue={value}
              ariaLabelForHandle={t(`insight.map.${name}`)}
              tooltip={{ formatter: (one) => `${Math.round((one ?? 0) * 100)}%` }}
              onChangeComplete={set}
            />
          </div>
        ))}
        <Segmented
          aria-label={t("insight.map.colour")}
          value={shown}
          options={(["times", "time"] as const).map((value) => ({
            value,
            label: t(`insight.map.${value}`),
          }))}
          onChange={setShown}
        />
      </div>
      <Loaded query={map}>{(data) => <Drawing map={data} process={process} shown={shown} />}</Loaded>
      <Variants process={process} />
    </>
  );
}

function Drawing({ map, process, shown }: { map: ProcessMap; process: string; shown: Shown }) {
  const { t, said, number, span } = useWords();
  const go = useNavigate();
  const drawn = useMemo(() => layout(map), [map]);
  const known = useMemo(() => new Map(map.activities.map((one) => [one.id, one])), [map]);
  const most = Math.max(1, ...map.paths.map((one) => (shown === "times" ? one.times : one.mean_s)));
  const counts = { activities: number(map.activities.length), paths: number(map.paths.length) };
  const totals = { all: number(map.all_activities), allPaths: number(map.all_paths) };
  return (
    <>
      <p className="quiet small">{t("insight.map.shown", { ...counts, ...totals })}</p>
      <div className="map-frame panel" tabIndex={0} role="region" aria-label={t("insight.part.map")}>
        <svg
          className="process-map"
          width={drawn.width}
          height={drawn.height}
          role="img"
          aria-label={t("insight.map.label", counts)}
        >
          <defs>
            <marker
              id="tip"
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="9"
              markerHeight="9"
              markerUnits="userSpaceOnUse"
              orient="auto"
            >
              <path d="M0 0L8 4L0 8z" />
            </marker>
          </defs>
          {drawn.ways.map((way) => {
            const inner = way.before !== BEGIN && way.after !== END;
            const weight = (shown === "times" ? way.times : way.mean_s) / most;
            return (
              <g
                key={`${way.before}>${way.after}`}
                className={inner ? "way is-inner" : "way"}
                onClick={
                  inner
                    ? () => void go(addressOf({ process, before: way.before, after: way.after }))
                    : undefined
                }
              >
                <path d={way.path} strokeWidth={1.2 + 5 * weight} markerEnd="url(#tip)" />
                {(shown === "times" || inner) && (
                  <text x={way.at.x} y={way.at.y} textAnchor="middle">
                    {shown === "times" ? number(way.times) : span(way.mean_s)}
                  </text>
                )}
              </g>
            );
          })}
          {drawn.nodes.map(({ id, x, y }) => {
            const one = known.get(id);
            if (one === undefined)
              return (
                <g key={id} className="edge-of-map" transform={`translate(${x} ${y})`}>
                  <rect x={-44} y={-14} width={88} height={28} rx={14} />
                  <text textAnchor="middle" dominantBaseline="central">
                    {t(id === BEGIN ? "insight.map.begin" : "insight.map.end")}
                  </text>
                </g>
              );
            return (
              <g
                key={id}
                className="activity"
                transform={`translate(${x - WIDE / 2} ${y - HIGH / 2})`}
                onClick={() => void go(addressOf({ process, node: id }))}
              >
                <rect width={WIDE} height={HIGH} rx={6} />
                <foreignObject width={WIDE} height={HIGH}>
                  <div className="activity-name">
                    <span className="clip">{said(one.name)}</span>
                    <span className="quiet small figure">{number(one.times)}</span>
                  </div>
                </foreignObject>
                <title>{said(one.name)}</title>
              </g>
            );
          })}
        </svg>
      </div>
    </>
  );
}

function Variants({ process }: { process: string }) {
  const pages = usePages();
  const { t, said, number, share, span } = useWords();
  const variants = useVariants(process);
  return (
    <>
      <h2>{t("insight.map.variants")}</h2>
      <Loaded query={variants}>
        {(data) => (
          <>
            <p className="quiet small">{t("insight.map.variantsHow", { count: data.total })}</p>
            <Table
              rowKey="digest"
              size="small"
              scroll={{ x: 720 }}
              pagination={{ ...pages, pageSize: 10, showSizeChanger: false, hideOnSinglePage: true }}
              dataSource={data.items}
              columns={[
                {
                  title: t("insight.map.way"),
                  render: (_, one) => one.activities.map((id) => said(data.names[id] ?? id)).join(" → "),
                },
                {
                  title: t("insight.cases"),
                  align: "right",
                  width: 90,
                  render: (_, one) => (
                    <Figure of={{ process, variant: one.digest }}>{number(one.cases)}</Figure>
                  ),
                },
                {
                  title: t("insight.map.share"),
                  align: "right",
                  width: 90,
                  render: (_, one) => share(one.share),
                },
                {
                  title: t("insight.map.median"),
                  align: "right",
                  width: 130,
                  render: (_, one) => span(one.median_s),
                },
              ]}
            />
          </>
        )}
      </Loaded>
    </>
  );
}
