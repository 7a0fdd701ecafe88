// Decision models: which there are, what is doubtful in them, and trying one.
import { useMutation, useQuery } from "@tanstack/react-query";

import { api, dataOf, type Shapes } from "./client";

export function useDecisions() {
  return useQuery({
    queryKey: ["decisions"],
    queryFn: async () => dataOf(await api.GET("/api/v1/decision-models")),
  });
}

export function useDecision(key: string) {
  return useQuery({
    queryKey: ["decisions", key],
    queryFn: async () =>
      dataOf(await api.GET("/api/v1/decision-models/{key}", { params: { path: { key } } })),
  });
}

/** The file of a version as XML; versions never change. */
export function useDecisionFile(key: string) {
  return useQuery({
    queryKey: ["decisions", key, "xml"],
    staleTime: Infinity,
    queryFn: async () =>
      dataOf(
        await api.GET("/api/v1/decision-models/{key}/xml", { params: { path: { key } }, parseAs: "text" }),
      ),
  });
}

export type Examined = Shapes["DecisionExamined"];

/** What is doubtful in a model that is being edited, and how its unit tests come out. */
export function useExamine() {
  return useMutation({
    mutationFn: async (body: { file: string; text: string; tests: string }) =>
      dataOf(await api.POST("/api/v1/decision-models/examine", { body })),
  });
}

export function useTryDecision() {
  return useMutation({
    mutationFn: async ({ key, inputs }: { key: string; inputs: Record<string, unknown> }) =>
      dataOf(
        await api.POST("/api/v1/decision-models/{key}/try", { params: { path: { key } }, body: { inputs } }),
      ),
  });
}
