// The scenes by value and difficulty; one is chosen with the pointer or the keyboard.
import type { Scene } from "../../api/plan";
import { useWords } from "../../parts/useWords";
import { along, dots, HIGH, MARGIN, RADIUS, SIZE } from "./quadrant";

interface Props {
  scenes: readonly Scene[];
  chosen: number | undefined;
  onChoose: (row: number) => void;
}

const CORNERS = [
  ["quick_win", MARGIN + 8, MARGIN + 18, "start"],
  ["strategic", SIZE - MARGIN - 8, MARGIN + 18, "end"],
  ["experiment", MARGIN + 8, SIZE - MARGIN - 10, "start"],
  ["avoid", SIZE - MARGIN - 8, SIZE - MARGIN - 10, "end"],
] as const;

export function Quadrant({ scenes, chosen, onChoose }: Props) {
  const { t, said } = useWords();
  const middle = along(HIGH);
  const side = SIZE - 2 * MARGIN;
  return (
    <svg
      className="quadrant"
      viewBox={`0 0 ${SIZE} ${SIZE}`}
      role="group"
      aria-label={t("plan.quadrant.title")}
    >
      <rect x={MARGIN} y={MARGIN} width={side} height={side} className="quadrant-frame" />
      <rect x={MARGIN} y={MARGIN} width={side / 2} height={side / 2} className="quadrant-best" />
      <line x1={middle} x2={middle} y1={MARGIN} y2={SIZE - MARGIN} />
      <line x1={MARGIN} x2={SIZE - MARGIN} y1={SIZE - middle} y2={SIZE - middle} />
      {CORNERS.map(([name, x, y, anchor]) => (
        <text key={name} x={x} y={y} textAnchor={anchor}>
          {t(`plan.quadrant.${name}`)}
        </text>
      ))}
      <text x={SIZE / 2} y={SIZE - 12} textAnchor="middle">
        {t("plan.quadrant.difficulty")}
      </text>
      <text transform={`translate(16 ${SIZE / 2}) rotate(-90)`} textAnchor="middle">
        {t("plan.quadrant.value")}
      </text>
      {dots(scenes).map(({ scene, x, y }, place) => (
        <g
          key={scene.row}
          role="button"
          tabIndex={0}
          aria-pressed={scene.row === chosen}
          aria-label={`${place + 1}. ${said(scene.title)}: ${t(`plan.quadrant.${scene.quadrant}`)}`}
          className={`dot is-${scene.quadrant}`}
          transform={`translate(${x} ${y})`}
          onClick={() => onChoose(scene.row)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" && event.key !== " ") return;
            event.preventDefault();
            onChoose(scene.row);
          }}
        >
          <title>{said(scene.title)}</title>
          <circle r={RADIUS} />
          <text textAnchor="middle" dominantBaseline="central">
            {place + 1}
          </text>
        </g>
      ))}
    </svg>
  );
}
