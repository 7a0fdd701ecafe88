// Models from the workbench: checked, tried out, deployed.
import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, dataOf, type Shapes } from "./client";

export type Finding = Shapes["FindingShape"];
export type TrialResult = Shapes["TrialShape"];

export interface ModelFile {
  name: string;
  text: string;
}

export interface Trial {
  file: ModelFile;
  process: string;
  variables: Record<string, unknown>;
  answers: Record<string, Record<string, unknown>>;
}

export function useCheck() {
  return useMutation({
    mutationFn: async (file: ModelFile) =>
      dataOf(await api.POST("/api/v1/deployments/check", { body: { files: [file] } })),
  });
}

/** Puts a file in force; what is shown of processes is asked for again. */
export function useDeploy() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (file: ModelFile) =>
      dataOf(await api.POST("/api/v1/deployments", { body: { files: [file] } })),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["processes"] }),
        client.invalidateQueries({ queryKey: ["home"] }),
      ]),
  });
}

export function useTry() {
  return useMutation({
    mutationFn: async ({ file, ...rest }: Trial) =>
      dataOf(await api.POST("/api/v1/processes/try", { body: { files: [file], ...rest } })),
  });
}
