// One chart, drawn by the parts of ECharts that we use; loaded when the first one is shown.
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { type ECharts, init, use as register } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";

import type { ChartOption } from "./option";

register([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

interface Props {
  option: ChartOption;
  /** What the chart shows, for those who cannot see it. */
  label: string;
  height: number;
  /** A point was chosen: its place along the axis. */
  onChoose?: (place: number) => void;
}

export default function Chart({ option, label, height, onChoose }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);
  const choose = useRef(onChoose);
  useEffect(() => {
    choose.current = onChoose;
  }, [onChoose]);
  useEffect(() => {
    if (place.current === null) return undefined;
    const made = init(place.current, null, { renderer: "svg" });
    chart.current = made;
    made.on("click", ({ dataIndex }) => choose.current?.(dataIndex));
    const watching = new ResizeObserver(() => made.resize());
    watching.observe(place.current);
    return () => {
      watching.disconnect();
      made.dispose();
    };
  }, []);
  useEffect(() => {
    chart.current?.setOption(option, { notMerge: true });
  }, [option]);
  return <div ref={place} role="img" aria-label={label} style={{ height, width: "100%" }} />;
}
