// What the place of the plan asks and tells the server: landscape, scenes, autonomy, steps, weights, the workbook.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, dataOf, type Shapes } from "./client";

export type Plan = Shapes["PlanShape"];
export type Scene = Plan["scenes"][number];
export type Step = Plan["steps"][number];
export type Autonomy = Shapes["AutonomyShape"];
export type Weights = Shapes["Weights"];

export function usePlan() {
  return useQuery({
    queryKey: ["plan"],
    queryFn: async () => dataOf(await api.GET("/api/v1/plan")),
    staleTime: 60_000,
  });
}

/** Puts the plan in force with other weights. */
export function useWeigh() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: Weights) => dataOf(await api.PUT("/api/v1/plan/weights", { body })),
    onSuccess: () => void client.invalidateQueries({ queryKey: ["plan"] }),
  });
}

/** Puts a filled-in workbook in force: all rows or none. */
export function useBringPlan() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (document: File) => {
      const data = new FormData();
      data.set("document", document);
      return dataOf(
        await api.POST("/api/v1/plan", { body: data as never, bodySerializer: (): FormData => data }),
      );
    },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["plan"] });
      void client.invalidateQueries({ queryKey: ["home"] });
    },
  });
}
