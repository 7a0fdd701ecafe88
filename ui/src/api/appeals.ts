// What digital employees decided, why, and appeals against it.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, dataOf, type Shapes } from "./client";

export type DecisionTaken = Shapes["DecisionTaken"];
export type Appeal = Shapes["AppealShape"];
export type AppealState = "open" | "upheld" | "overturned";

export function useDecided(instance: string) {
  return useQuery({
    queryKey: ["instances", "decided", instance],
    queryFn: async () =>
      dataOf(await api.GET("/api/v1/instances/{key}/decisions", { params: { path: { key: instance } } })),
  });
}

export function useExplanation(run: string, wanted: boolean) {
  return useQuery({
    queryKey: ["decisions", "explanation", run],
    enabled: wanted,
    queryFn: async () =>
      dataOf(await api.GET("/api/v1/decisions/{key}/explanation", { params: { path: { key: run } } })),
  });
}

export function useAppeals(state: AppealState) {
  return useQuery({
    queryKey: ["governance", "appeals", state],
    queryFn: async () => dataOf(await api.GET("/api/v1/appeals", { params: { query: { state } } })),
  });
}

/** Asks that somebody who had no hand in a decision looks at it again; `run` has more digits than a number holds. */
export function useRaiseAppeal() {
  return useChanged(async ({ run, text }: { run: string; text: string }) =>
    dataOf(
      await api.POST("/api/v1/appeals", {
        body: { run: Number(run), text },
        bodySerializer: () => `{"run":${BigInt(run).toString()},"text":${JSON.stringify(text)}}`,
      }),
    ),
  );
}

export function useAnswerAppeal() {
  return useChanged(async ({ key, ...body }: { key: string; overturned: boolean; text: string }) =>
    dataOf(await api.POST("/api/v1/appeals/{key}/answer", { params: { path: { key } }, body })),
  );
}

function useChanged<Given, Answer>(mutationFn: (given: Given) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ["governance", "appeals"] });
      void client.invalidateQueries({ queryKey: ["instances", "decided"] });
    },
  });
}
