// Operations on a task: what is possible now, and doing it.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, dataOf } from "./client";

export const OPERATIONS = [
  "return",
  "transfer",
  "delegate",
  "add_signers",
  "remove_signers",
  "remind",
  "copy",
  "revoke",
] as const;
export type Operation = (typeof OPERATIONS)[number];

/** What a person says about an operation. */
export interface Wish {
  people: string[];
  to: string;
  mode: "forward" | "back";
  place: "before" | "after" | "beside";
  reason: string;
}

export function useOptions(key: string) {
  return useQuery({
    queryKey: ["tasks", "options", key],
    queryFn: async () => dataOf(await api.GET("/api/v1/tasks/{key}/options", { params: { path: { key } } })),
  });
}

/** Names of people for a choice; empty for those who may not see the list. */
export function usePeople() {
  return useQuery({
    queryKey: ["people"],
    staleTime: 60_000,
    retry: false,
    queryFn: async () => dataOf(await api.GET("/api/v1/people")),
  });
}

export function useOperation(task: string, instance: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ operation, wish }: { operation: Operation; wish: Wish }) =>
      act(task, instance, operation, wish),
    onSuccess: () => void client.invalidateQueries({ queryKey: ["tasks"] }),
  });
}

async function act(task: string, instance: string, operation: Operation, wish: Wish): Promise<void> {
  const { reason, people } = wish;
  const here = { params: { path: { key: task } } };
  const whole = { params: { path: { key: instance } } };
  const to = people[0] ?? "";
  switch (operation) {
    case "return": {
      const named = wish.to === "previous" || wish.to === "initiator";
      const where = {
        to: named ? (wish.to as "previous" | "initiator") : "previous",
        element: named ? null : wish.to,
      } as const;
      await api.POST("/api/v1/tasks/{key}/return", { ...here, body: { ...where, mode: wish.mode, reason } });
      return;
    }
    case "transfer":
      await api.POST("/api/v1/tasks/{key}/transfer", { ...here, body: { to, reason } });
      return;
    case "delegate":
      await api.POST("/api/v1/tasks/{key}/delegate", { ...here, body: { to, reason } });
      return;
    case "add_signers":
      await api.POST("/api/v1/tasks/{key}/signers", { ...here, body: { people, place: wish.place, reason } });
      return;
    case "remove_signers":
      await api.POST("/api/v1/tasks/{key}/signers/remove", { ...here, body: { people, reason } });
      return;
    case "remind":
      await api.POST("/api/v1/tasks/{key}/remind", { ...here, body: { note: reason } });
      return;
    case "copy":
      await api.POST("/api/v1/instances/{key}/copies", { ...whole, body: { people, note: reason } });
      return;
    case "revoke":
      await api.POST("/api/v1/instances/{key}/revoke", { ...whole, body: { reason } });
      return;
  }
}
