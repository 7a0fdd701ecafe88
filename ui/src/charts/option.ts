// What our charts look like: the colours of the theme, thin lines, figures written in the reader's language.
import type { BarSeriesOption, LineSeriesOption } from "echarts/charts";
import type { GridComponentOption, LegendComponentOption, TooltipComponentOption } from "echarts/components";
import type { ComposeOption } from "echarts/core";

import { type Mode, PALETTE } from "../theme";

export type ChartOption = ComposeOption<
  BarSeriesOption | LineSeriesOption | GridComponentOption | LegendComponentOption | TooltipComponentOption
>;

export interface Row {
  name: string;
  values: readonly (number | null)[];
}

const ROOM = { left: 8, right: 16, top: 16, bottom: 8 };

/** One line over time. */
export function trend(
  mode: Mode,
  points: readonly { name: string; value: number | null }[],
  write: (value: number) => string,
): ChartOption {
  const colours = PALETTE[mode];
  return {
    ...frame(mode, write),
    xAxis: { type: "category", data: points.map((one) => one.name), ...axis(mode) },
    yAxis: scale(mode, write),
    series: [
      {
        type: "line",
        data: points.map((one) => one.value),
        symbolSize: 9,
        connectNulls: false,
        lineStyle: { color: colours.brass, width: 2 },
        itemStyle: { color: colours.brass },
      },
    ],
  };
}

/** Lying bars; several series stand one on the other, or beside each other. */
export function bars(
  mode: Mode,
  names: readonly string[],
  rows: readonly Row[],
  write: (value: number) => string,
  stacked = true,
): ChartOption {
  return {
    ...frame(mode, write),
    ...(rows.length > 1 && {
      legend: { bottom: 0, textStyle: { color: PALETTE[mode].ink }, itemWidth: 14, itemHeight: 10 },
      grid: { ...ROOM, bottom: 36, containLabel: true },
    }),
    xAxis: scale(mode, write),
    yAxis: { type: "category", inverse: true, data: [...names], ...axis(mode) },
    series: rows.map((row, place) => ({
      type: "bar",
      name: row.name,
      ...(stacked && { stack: "all" }),
      barMaxWidth: 18,
      data: [...row.values],
      itemStyle: { color: SERIES[mode][place % SERIES[mode].length] ?? PALETTE[mode].brass },
    })),
  };
}

/** Colours of several series, by how light they are; those of people and digital employees stay theirs. */
const SERIES: Record<Mode, readonly string[]> = {
  light: ["#7A5410", "#C9A35A", "#7B5EA7", "#5F6673", "#C8C1B4"],
  dark: ["#E0B85C", "#8F6D2F", "#B79BE0", "#A6ABB5", "#565A64"],
};

function frame(mode: Mode, write: (value: number) => string): ChartOption {
  const colours = PALETTE[mode];
  return {
    animation: false,
    grid: { ...ROOM, containLabel: true },
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
      backgroundColor: colours.raised,
      borderColor: colours.line,
      textStyle: { color: colours.ink },
      valueFormatter: (value) => (typeof value === "number" ? write(value) : "–"),
    },
  };
}

function axis(mode: Mode) {
  const colours = PALETTE[mode];
  return {
    axisLine: { lineStyle: { color: colours.line } },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: colours.line } },
    axisLabel: { color: colours.quiet },
  };
}

/** An axis of figures. */
function scale(mode: Mode, write: (value: number) => string) {
  const plain = axis(mode);
  return {
    ...plain,
    type: "value" as const,
    splitNumber: 4,
    axisLabel: { ...plain.axisLabel, formatter: (value: number) => (value === 0 ? "0" : write(value)) },
  };
}
