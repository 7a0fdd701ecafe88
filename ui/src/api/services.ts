// What the place of services asks and tells the server: services, their calls, budgets.
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, dataOf, type Shapes } from "./client";

export type ServiceShort = Shapes["ServiceShort"];
export type Service = Shapes["ServiceShape"];
export type Operation = Shapes["ServiceOperation"];
export type Version = Shapes["ServiceVersion"];
export type Call = Shapes["ServiceCall"];
export type Budget = Shapes["BudgetShape"];
export type Outcome = Call["outcome"];

export interface CallFilter {
  service?: string;
  operation?: string;
  actor?: string;
  process?: string;
  outcome?: Outcome;
}

export type NewService = Shapes["NewService"];
export type NewBudget = Shapes["NewBudget"];

const at = (name: string) => ({ params: { path: { name } } });

export function useServices() {
  return useQuery({
    queryKey: ["services"],
    queryFn: async () => dataOf(await api.GET("/api/v1/services")),
    refetchInterval: 60_000,
  });
}

export function useService(name: string) {
  return useQuery({
    queryKey: ["services", name],
    queryFn: async () => dataOf(await api.GET("/api/v1/services/{name}", at(name))),
  });
}

export function useServiceCalls(filter: CallFilter) {
  return useInfiniteQuery({
    queryKey: ["services", "calls", filter],
    queryFn: async ({ pageParam }) =>
      dataOf(
        await api.GET("/api/v1/calls", {
          params: { query: { ...filter, limit: 100, ...(pageParam === null ? {} : { before: pageParam }) } },
        }),
      ),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => (page.next === null ? undefined : Number(page.next)),
  });
}

export function useBudgets() {
  return useQuery({
    queryKey: ["services", "budgets"],
    queryFn: async () => dataOf(await api.GET("/api/v1/budgets")),
  });
}

/** A change after which everything about services is asked anew. */
function useChange<Given, Answer>(change: (given: Given) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => void client.invalidateQueries({ queryKey: ["services"] }),
  });
}

export function useRegister() {
  return useChange(async (body: NewService) => dataOf(await api.POST("/api/v1/services", { body })));
}

export function useCheck(name: string) {
  return useChange(async () => dataOf(await api.POST("/api/v1/services/{name}/check", at(name))));
}

export function useShare(name: string) {
  return useChange(async (body: { version: string; share: number }) =>
    dataOf(await api.POST("/api/v1/services/{name}/share", { ...at(name), body })),
  );
}

export function useRetire(name: string) {
  return useChange(async (body: { because: string; on: string | null }) =>
    dataOf(await api.POST("/api/v1/services/{name}/retire", { ...at(name), body })),
  );
}

export function useSetBudget() {
  return useChange(async (body: NewBudget) => dataOf(await api.POST("/api/v1/budgets", { body })));
}
