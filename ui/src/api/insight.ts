// What the place of insight asks the server: figures, the cases behind them, mining, proposals, the return.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, dataOf, type Shapes } from "./client";
import { useWindow } from "./window";

export type Overview = Shapes["OverviewShape"];
export type Cut = Shapes["CutFigures"];
export type Hands = Shapes["HandsFigures"];
export type Month = Shapes["MonthShape"];
export type ProcessMap = Shapes["MapShape"];
export type Variants = Shapes["VariantsShape"];
export type Waiting = Shapes["WaitingShape"];
export type Differences = Shapes["DifferencesShape"];
export type Branch = Shapes["BranchShape"];
export type Proposal = Shapes["ProposalShape"];
export type Estimate = Shapes["EstimateShape"];
export type Return = Shapes["ReturnShape"];
export type Sums = Shapes["SumsShape"];
export type Group = "late" | "quick" | "untouched";

/** Milliseconds after which figures are looked at anew, so that what happens is in them within two seconds. */
const FRESH = 1_500;

export function useOverview(process: string) {
  return useQuery({
    queryKey: ["insight", "overview", process],
    refetchInterval: FRESH,
    queryFn: async () =>
      dataOf(await api.GET("/api/v1/insight/overview", { params: { query: { process } } })),
  });
}

export function useMonth(month: string) {
  return useQuery({
    queryKey: ["insight", "month", month],
    queryFn: async () => dataOf(await api.GET("/api/v1/insight/month", { params: { query: { month } } })),
  });
}

/** Conditions of the cases behind a figure, as they stand in the address. */
export type Conditions = Partial<Record<Condition, string>>;
export const CONDITIONS = [
  "process",
  "having",
  "node",
  "began",
  "closed",
  "month",
  "customer",
  "person",
  "team",
  "agent",
  "before",
  "after",
  "variant",
  "number",
  "again",
] as const;
export type Condition = (typeof CONDITIONS)[number];

export function useBehind(conditions: Conditions) {
  const { number, ...others } = conditions;
  const query = { ...others, ...(number === undefined ? {} : { number: number.split(",") }) };
  return useWindow(["insight", "cases", conditions], async (first, count) =>
    dataOf(
      await api.GET("/api/v1/insight/cases", { params: { query: { ...query, first, count } as never } }),
    ),
  );
}

export function useProcessMap(process: string, activities: number, paths: number) {
  return useQuery({
    queryKey: ["insight", "map", process, activities, paths],
    placeholderData: (before) => before,
    queryFn: async () =>
      dataOf(await api.GET("/api/v1/insight/map", { params: { query: { process, activities, paths } } })),
  });
}

export function useVariants(process: string) {
  return useQuery({
    queryKey: ["insight", "variants", process],
    queryFn: async () =>
      dataOf(await api.GET("/api/v1/insight/variants", { params: { query: { process } } })),
  });
}

export function useWaiting(process: string) {
  return useQuery({
    queryKey: ["insight", "waiting", process],
    queryFn: async () => dataOf(await api.GET("/api/v1/insight/waiting", { params: { query: { process } } })),
  });
}

export function useHands(process: string) {
  return useQuery({
    queryKey: ["insight", "hands", process],
    queryFn: async () => dataOf(await api.GET("/api/v1/insight/hands", { params: { query: { process } } })),
  });
}

export function useDifferences(process: string, group: Group, among: string) {
  return useQuery({
    queryKey: ["insight", "differences", process, group, among],
    queryFn: async () =>
      dataOf(await api.GET("/api/v1/insight/differences", { params: { query: { process, group, among } } })),
  });
}

export function useConformance(process: string, version: number | undefined) {
  return useQuery({
    queryKey: ["insight", "conformance", process, version],
    queryFn: async () =>
      dataOf(
        await api.GET("/api/v1/insight/conformance", {
          params: { query: version === undefined ? { process } : { process, version } },
        }),
      ),
  });
}

export function useProposals() {
  return useQuery({
    queryKey: ["insight", "proposals"],
    queryFn: async () => dataOf(await api.GET("/api/v1/insight/proposals")),
  });
}

/** Looks for improvements of a process; the simulations take a while. */
export function useFindProposals() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: { process: string; cases: number; replications: number }) =>
      dataOf(await api.POST("/api/v1/insight/proposals", { body })),
    onSuccess: () => void client.invalidateQueries({ queryKey: ["insight"] }),
  });
}

export type Act = "open" | "release" | "measure";

/** Opens a proposal as a draft, releases it, or measures what it brought. */
export function useActOnProposal() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ key, act }: { key: string; act: Act }) => {
      const params = { params: { path: { key } } };
      if (act === "open") return dataOf(await api.POST("/api/v1/insight/proposals/{key}/open", params));
      if (act === "release") return dataOf(await api.POST("/api/v1/insight/proposals/{key}/release", params));
      return dataOf(await api.POST("/api/v1/insight/proposals/{key}/measure", params));
    },
    onSuccess: () => void client.invalidateQueries({ queryKey: ["insight"] }),
  });
}

export function useReturn() {
  return useQuery({
    queryKey: ["insight", "return"],
    queryFn: async () => dataOf(await api.GET("/api/v1/roi")),
  });
}
