// The measured error so far against the promise: of what was audited, with its 95% bound, and of all that was reviewed.
import type { Shapes } from "../../api/client";
import { useWords } from "../../parts/useWords";

type Point = Shapes["PointShape"];

const WIDTH = 640;
const HEIGHT = 200;
const LEFT = 48;
const BOTTOM = 26;
const TOP = 12;

export function PromiseChart({ target, series }: { target: number; series: readonly Point[] }) {
  const { t, share, day } = useWords();
  if (series.length === 0) return <p className="quiet small">{t("team.promise.noChart")}</p>;
  const measured = series.map((one) => (one.audited > 0 ? one.audit_wrong / one.audited : null));
  const reviewed = series.map((one) => (one.reviewed > 0 ? one.wrong / one.reviewed : null));
  const bounds = series.map((one) => one.bound);
  const highest = Math.max(target * 1.6, ...[...measured, ...reviewed].map((one) => one ?? 0)) * 1.1;
  const x = (place: number): number =>
    LEFT + (WIDTH - LEFT - 12) * (series.length === 1 ? 0.5 : place / (series.length - 1));
  const y = (value: number): number =>
    TOP + (HEIGHT - TOP - BOTTOM) * (1 - Math.min(value, highest) / highest);
  const path = (values: readonly (number | null)[]): string =>
    values
      .map((value, place) => (value === null ? "" : `${x(place).toFixed(1)},${y(value).toFixed(1)}`))
      .filter((one) => one !== "")
      .join(" ");
  const first = series[0];
  const last = series.at(-1);
  const drawn = (value: number | null | undefined, place: number) =>
    value == null ? null : <circle cx={x(place)} cy={y(value)} r={3.5} className="measured-dot" />;
  return (
    <figure className="promise-chart">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={t("team.promise.chart", { target: share(target) })}
      >
        <line x1={LEFT} x2={WIDTH - 12} y1={y(0)} y2={y(0)} className="axis" />
        <line x1={LEFT} x2={WIDTH - 12} y1={y(target)} y2={y(target)} className="promised" />
        <text x={LEFT - 6} y={y(target)} textAnchor="end" dominantBaseline="central">
          {share(target)}
        </text>
        <text x={LEFT - 6} y={y(0)} textAnchor="end" dominantBaseline="central">
          0%
        </text>
        <polyline points={path(reviewed)} className="all-reviewed" />
        <polyline points={path(bounds)} className="bound" />
        <polyline points={path(measured)} className="measured" />
        {drawn(measured.at(-1) ?? reviewed.at(-1), series.length - 1)}
        <text x={LEFT} y={HEIGHT - 6}>
          {first === undefined ? "" : day(first.day)}
        </text>
        <text x={WIDTH - 12} y={HEIGHT - 6} textAnchor="end">
          {last === undefined || series.length === 1 ? "" : day(last.day)}
        </text>
      </svg>
      <figcaption className="row quiet small">
        <span className="key reviewed-key">{t("team.promise.reviewed")}</span>
        {measured.some((one) => one !== null) && <span className="key">{t("team.promise.error")}</span>}
        <span className="key promised-key">{t("team.promise.target")}</span>
        {bounds.some((one) => one !== null) && (
          <span className="key bound-key">{t("team.promise.bound")}</span>
        )}
      </figcaption>
    </figure>
  );
}
