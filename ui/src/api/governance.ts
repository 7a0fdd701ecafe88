// What the place of governance asks and tells the server: rights, people, policies, confirmations, stand-ins, the record.
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, dataOf, type Shapes } from "./client";

export type Person = Shapes["PersonShape"];
export type Source = "events" | "calls" | "approvals" | "acts";

export interface RecordFilter {
  actor_id?: string;
  operation?: string;
  outcome?: string;
}

export function useWho() {
  return useQuery({
    queryKey: ["governance", "who"],
    queryFn: async () => dataOf(await api.GET("/api/v1/who")),
    staleTime: 30_000,
  });
}

export function usePeople() {
  return useQuery({
    queryKey: ["governance", "people"],
    queryFn: async () => dataOf(await api.GET("/api/v1/people")),
  });
}

/** Saves a person; everything that is given replaces what was there. */
export function usePutPerson() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, ...body }: Person) =>
      dataOf(await api.PUT("/api/v1/people/{person}", { params: { path: { person: id } }, body })),
    onSuccess: () => void client.invalidateQueries({ queryKey: ["governance"] }),
  });
}

export function usePolicies() {
  return useQuery({
    queryKey: ["governance", "policies"],
    queryFn: async () => dataOf(await api.GET("/api/v1/policies")),
  });
}

export interface PolicyTexts {
  text: string;
  tests: string;
}

export function useTryPolicies() {
  return useMutation({
    mutationFn: async (body: PolicyTexts) => dataOf(await api.POST("/api/v1/policies/try", { body })),
  });
}

export function usePutPolicies() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: PolicyTexts) => dataOf(await api.PUT("/api/v1/policies", { body })),
    onSuccess: () => void client.invalidateQueries({ queryKey: ["governance"] }),
  });
}

export function useApprovals() {
  return useQuery({
    queryKey: ["governance", "approvals"],
    queryFn: async () => dataOf(await api.GET("/api/v1/approvals")),
  });
}

export function useAnswerApproval() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ key, ...body }: { key: string; approved: boolean; digest: string; note: string }) =>
      dataOf(await api.POST("/api/v1/approvals/{key}/answer", { params: { path: { key } }, body })),
    onSettled: () => void client.invalidateQueries({ queryKey: ["governance", "approvals"] }),
  });
}

export function useStandIns() {
  return useQuery({
    queryKey: ["governance", "stand-ins"],
    queryFn: async () => dataOf(await api.GET("/api/v1/stand-ins")),
  });
}

export function useGrantStandIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: { stand_in: string; since?: string; until: string; reason: string }) =>
      dataOf(
        await api.POST("/api/v1/stand-ins", {
          body: { processes: [], person: null, ...body, since: body.since ?? null },
        }),
      ),
    onSuccess: () => void client.invalidateQueries({ queryKey: ["governance", "stand-ins"] }),
  });
}

export function useEndStandIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (key: string) =>
      dataOf(await api.DELETE("/api/v1/stand-ins/{key}", { params: { path: { key } } })),
    onSuccess: () => void client.invalidateQueries({ queryKey: ["governance", "stand-ins"] }),
  });
}

export function useRecord(source: Source, filter: RecordFilter) {
  return useInfiniteQuery({
    queryKey: ["governance", "record", source, filter],
    initialPageParam: "0",
    queryFn: async ({ pageParam }) =>
      dataOf(
        await api.GET("/api/v1/audit/{source}", {
          params: { path: { source }, query: { ...filter, after: pageParam, limit: 100 } },
        }),
      ),
    getNextPageParam: (last) => last.next,
  });
}
