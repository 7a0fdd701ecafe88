// What is mine: the letters I want, my password; and the robots of group chats.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, dataOf, type Shapes } from "./client";

export type NoticeKind = Shapes["Wishes"]["mail"][number];
export type Robot = Shapes["Robot"];
export type NewRobot = Shapes["NewRobot"];

export const NOTICE_KINDS: readonly NoticeKind[] = [
  "task",
  "confirmation",
  "report",
  "disagreement",
  "alarm",
  "digest",
];

const MINE = ["notices", "mine"];
const ROBOTS = ["notices", "robots"];

export function useMyNotices() {
  return useQuery({ queryKey: MINE, queryFn: async () => dataOf(await api.GET("/api/v1/notices/mine")) });
}

export function useWish() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (mail: NoticeKind[]) =>
      dataOf(await api.PUT("/api/v1/notices/mine", { body: { mail } })),
    onSuccess: (kept) => client.setQueryData(MINE, kept),
  });
}

export function useRobots() {
  return useQuery({ queryKey: ROBOTS, queryFn: async () => dataOf(await api.GET("/api/v1/notices/robots")) });
}

export function useConnectRobot() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: NewRobot) => dataOf(await api.POST("/api/v1/notices/robots", { body })),
    onSuccess: (kept) => client.setQueryData(ROBOTS, kept),
  });
}

const at = (name: string) => ({ params: { path: { name } } });

export function useTryRobot() {
  return useMutation({
    mutationFn: async (name: string) =>
      dataOf(await api.POST("/api/v1/notices/robots/{name}/test", at(name))),
  });
}

export function useDisconnectRobot() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (name: string) => dataOf(await api.DELETE("/api/v1/notices/robots/{name}", at(name))),
    onSuccess: (kept) => client.setQueryData(ROBOTS, kept),
  });
}

export function useChangePassword() {
  return useMutation({
    mutationFn: async (body: { current: string; new: string }) =>
      dataOf(await api.PUT("/api/v1/me/password", { body })),
  });
}
