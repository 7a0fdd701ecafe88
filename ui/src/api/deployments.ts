// Models from the workbench: checked, tried out, deployed.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

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

/** The variables that a process reads and its model writes nowhere: what a case has to be given. */
export function useNeeded(file: ModelFile, process: string) {
  return useQuery({
    queryKey: ["needed", file.text, process],
    staleTime: Infinity,
    queryFn: async () =>
      dataOf(await api.POST("/api/v1/deployments/check", { body: { files: [file] } })).needed[process] ?? [],
  });
}

/** Puts files in force together; what is shown of processes and decisions is asked for again. */
export function useDeploy() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (files: ModelFile[]) =>
      dataOf(await api.POST("/api/v1/deployments", { body: { files } })),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["processes"] });
      void client.invalidateQueries({ queryKey: ["decisions"] });
      void client.invalidateQueries({ queryKey: ["home"] });
    },
  });
}

export function useTry() {
  return useMutation({
    mutationFn: async ({ file, ...rest }: Trial) =>
      dataOf(await api.POST("/api/v1/processes/try", { body: { files: [file], ...rest } })),
  });
}
