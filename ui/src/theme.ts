// The look of the workbench: one place for every colour and size (a watchmaker's bench: calm, precise, warm).
import { theme as antd, type ThemeConfig } from "antd";

export type ActorKind = "person" | "agent" | "system" | "waiting";
export type Mode = "light" | "dark";

/** Who did it has a colour, the same everywhere, and a glyph beside it. */
export const ACTOR_COLOURS: Record<Mode, Record<ActorKind, string>> = {
  light: { person: "#2F6DB5", agent: "#1E8A7A", system: "#8A8F98", waiting: "#B8862B" },
  dark: { person: "#7FB2EA", agent: "#5CC9B6", system: "#9AA0AA", waiting: "#E0B85C" },
};

export const PALETTE: Record<
  Mode,
  {
    paper: string;
    raised: string;
    ink: string;
    quiet: string;
    line: string;
    brass: string;
    chosen: string;
    error: string;
  }
> = {
  light: {
    paper: "#FBFAF7",
    raised: "#FFFFFF",
    ink: "#1F2430",
    quiet: "#5F6673",
    line: "#E6E2DA",
    brass: "#7A5410",
    chosen: "#F3ECDD",
    error: "#CF1322",
  },
  dark: {
    paper: "#16181D",
    raised: "#1E2128",
    ink: "#ECEAE4",
    quiet: "#A6ABB5",
    line: "#33363E",
    brass: "#E0B85C",
    chosen: "#2B2720",
    error: "#FF7875",
  },
};

const FONTS =
  'system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", sans-serif';

/** Ant Design's configuration for a mode. Brass and red are darkened on paper, so that text in them can be read. */
export function themeFor(mode: Mode): ThemeConfig {
  const colours = PALETTE[mode];
  return {
    algorithm: mode === "dark" ? antd.darkAlgorithm : antd.defaultAlgorithm,
    cssVar: { key: "mainspring" },
    token: {
      colorPrimary: colours.brass,
      colorInfo: colours.brass,
      colorLink: colours.brass,
      colorBgLayout: colours.paper,
      colorBgContainer: colours.raised,
      colorBgElevated: colours.raised,
      colorText: colours.ink,
      colorTextSecondary: colours.quiet,
      colorTextTertiary: colours.quiet,
      colorTextPlaceholder: colours.quiet,
      colorTextDescription: colours.quiet,
      colorError: colours.error,
      colorBorder: colours.line,
      colorBorderSecondary: colours.line,
      borderRadius: 6,
      fontSize: 14,
      fontFamily: FONTS,
    },
    components: {
      Layout: {
        siderBg: colours.paper,
        lightSiderBg: colours.paper,
        lightTriggerBg: colours.paper,
        triggerBg: colours.paper,
        headerBg: colours.paper,
        bodyBg: colours.paper,
      },
      Menu: { itemBg: "transparent", itemSelectedColor: colours.brass, itemSelectedBg: colours.chosen },
      Button: { primaryColor: mode === "dark" ? colours.paper : "#FFFFFF" },
      Table: { headerBg: "transparent" },
    },
  };
}
