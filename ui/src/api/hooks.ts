// What the places ask the server for: one hook a question.
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";

import { api, dataOf, type Shapes } from "./client";
import { useWindow } from "./window";

/** Milliseconds between two counts of figures over the whole log: too much work for each event of it. */
const COUNTED_ANEW = 10_000;

export function useLandscape() {
  return useQuery({
    queryKey: ["home"],
    refetchInterval: COUNTED_ANEW,
    queryFn: async () => dataOf(await api.GET("/api/v1/landscape")),
  });
}

export function useMeasures() {
  return useQuery({
    queryKey: ["measures"],
    refetchInterval: COUNTED_ANEW,
    queryFn: async () => dataOf(await api.GET("/api/v1/measures")),
  });
}

export function useTask(key: string | undefined) {
  return useQuery({
    queryKey: ["tasks", "one", key],
    enabled: key !== undefined,
    queryFn: async () =>
      dataOf(await api.GET("/api/v1/tasks/{key}", { params: { path: { key: key ?? "" } } })),
  });
}

export interface CaseFilter {
  process_id?: string;
  state?: "active" | "suspended" | "completed" | "terminated";
  words?: string;
  /** Where they stand now, in the process. */
  element?: string;
}

/** Rows that the server gives at most for one question. */
const AT_ONCE = 500;

async function casesFrom(filter: CaseFilter, first: number, count: number) {
  return dataOf(await api.GET("/api/v1/lists/cases", { params: { query: { ...filter, first, count } } }));
}

export function useCases(filter: CaseFilter) {
  return useWindow(["instances", "list", filter], (first, count) => casesFrom(filter, first, count));
}

/** The first `total` cases that fit. */
export async function everyCase(filter: CaseFilter, total: number): Promise<Shapes["InstanceShape"][]> {
  const found: Shapes["InstanceShape"][] = [];
  for (let first = 0; first < total; first += AT_ONCE)
    found.push(...(await casesFrom(filter, first, AT_ONCE)).items);
  return found;
}

export function useCase(key: string) {
  return useQuery({
    queryKey: ["instances", "one", key],
    queryFn: async () => dataOf(await api.GET("/api/v1/instances/{key}", { params: { path: { key } } })),
  });
}

export function useParts(key: string | undefined) {
  return useQuery({
    queryKey: ["instances", "parts", key],
    enabled: key !== undefined,
    queryFn: async () =>
      dataOf(await api.GET("/api/v1/instances/{key}/parts", { params: { path: { key: key ?? "" } } })),
  });
}

export function useCalls(key: string) {
  return useQuery({
    queryKey: ["instances", "calls", key],
    queryFn: async () =>
      dataOf(
        await api.GET("/api/v1/instances/{key}/calls", {
          params: { path: { key }, query: { limit: 500 } },
        }),
      ),
  });
}

export function useHistory(key: string) {
  return useInfiniteQuery({
    queryKey: ["instances", "history", key],
    initialPageParam: "0",
    queryFn: async ({ pageParam }) =>
      dataOf(
        await api.GET("/api/v1/instances/{key}/history", {
          params: { path: { key }, query: { after: pageParam, limit: 500 } },
        }),
      ),
    getNextPageParam: (last) => last.next,
  });
}

export function useDocument(instance: string, digest: string | undefined) {
  return useQuery({
    queryKey: ["document", digest],
    enabled: digest !== undefined,
    staleTime: Infinity,
    queryFn: async () =>
      dataOf(
        await api.GET("/api/v1/instances/{key}/documents/{digest}/text", {
          params: { path: { key: instance, digest: digest ?? "" } },
        }),
      ),
  });
}

export function useProcesses() {
  return useQuery({
    queryKey: ["processes"],
    queryFn: async () =>
      dataOf(await api.GET("/api/v1/processes", { params: { query: { latest_only: false } } })),
  });
}

/** The drawing of a version as XML; versions never change. */
export function useModel(key: string | undefined) {
  return useQuery({
    queryKey: ["model", key],
    enabled: key !== undefined,
    staleTime: Infinity,
    queryFn: async () =>
      dataOf(
        await api.GET("/api/v1/processes/{key}/xml", {
          params: { path: { key: key ?? "" } },
          parseAs: "text",
        }),
      ),
  });
}

export function useLive(key: string | undefined) {
  return useQuery({
    queryKey: ["live", key],
    enabled: key !== undefined,
    queryFn: async () =>
      dataOf(await api.GET("/api/v1/processes/{key}/live", { params: { path: { key: key ?? "" } } })),
  });
}

export function useForm(id: string | null | undefined) {
  return useQuery({
    queryKey: ["form", id],
    enabled: id != null,
    staleTime: 60_000,
    queryFn: async () =>
      dataOf(await api.GET("/api/v1/forms/{form_id}", { params: { path: { form_id: id ?? "" } } })),
  });
}
