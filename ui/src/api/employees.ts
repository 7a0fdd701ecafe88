// What the place of the team asks and tells the server: digital employees, what they learned, their versions.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, dataOf, type Shapes } from "./client";

export type EmployeeShort = Shapes["EmployeeShort"];
export type Employee = Shapes["EmployeeShape"];
export type Learned = Shapes["Learned"];
export type Compared = Shapes["Compared"];
export type Written = Shapes["Definition"];
export type Stage = "shadow" | "share" | "full";

/** Fields of a definition that the form changes; what else stands in it goes along, and the text has it. */
export interface Definition extends Record<string, unknown> {
  title: Record<string, string>;
  instructions: string;
  version: number;
  audit_share: number | string;
  authority: string;
  budget?: number | null;
  duties: Record<string, Duty>;
}

export interface Duty extends Record<string, unknown> {
  skill: string;
  alone_from: number;
  review?: unknown;
  risk_target?: number | string | null;
}

const at = (employee: string) => ({ params: { path: { employee } } });

export function useEmployees() {
  return useQuery({
    queryKey: ["employees"],
    queryFn: async () => dataOf(await api.GET("/api/v1/employees")),
    refetchInterval: 30_000,
  });
}

export function useEmployee(id: string) {
  return useQuery({
    queryKey: ["employees", id],
    queryFn: async () => dataOf(await api.GET("/api/v1/employees/{employee}", at(id))),
    refetchInterval: 30_000,
  });
}

export function useLearned(id: string) {
  return useQuery({
    queryKey: ["employees", id, "learned"],
    queryFn: async () => dataOf(await api.GET("/api/v1/employees/{employee}/learned", at(id))),
  });
}

export function useNextVersion(id: string) {
  return useQuery({
    queryKey: ["employees", id, "next-version"],
    queryFn: async () => dataOf(await api.GET("/api/v1/employees/{employee}/next-version", at(id))),
    staleTime: Infinity,
    gcTime: 0,
  });
}

/** A definition given in its fields, as text. */
export function useConvert(id: string) {
  return useMutation({
    mutationFn: async (definition: Definition) =>
      dataOf(
        await api.POST("/api/v1/employees/{employee}/definition", {
          ...at(id),
          body: { definition, text: null },
        }),
      ),
  });
}

const PAUSE = 400;

/** What a text says and what is wrong with it, asked a moment after the last key; nothing until it is known. */
export function useWritten(id: string, text: string, wanted: boolean) {
  return useQuery({
    queryKey: ["employees", id, "definition", text],
    queryFn: async ({ signal }) => {
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
      signal.throwIfAborted();
      return dataOf(
        await api.POST("/api/v1/employees/{employee}/definition", {
          ...at(id),
          body: { definition: null, text },
          signal,
        }),
      );
    },
    enabled: wanted,
    staleTime: Infinity,
    gcTime: 0,
  });
}

/** A change after which everything about digital employees is asked anew. */
function useChange<Given, Answer>(change: (given: Given) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => void client.invalidateQueries({ queryKey: ["employees"] }),
  });
}

export function useStop(id: string) {
  return useChange(async ({ stop, reason }: { stop: boolean; reason: string }) =>
    dataOf(
      stop
        ? await api.POST("/api/v1/employees/{employee}/stop", { ...at(id), body: { reason } })
        : await api.POST("/api/v1/employees/{employee}/resume", { ...at(id), body: { reason } }),
    ),
  );
}

export function useRollback(id: string) {
  return useChange(async (reason: string) =>
    dataOf(await api.POST("/api/v1/employees/{employee}/rollback", { ...at(id), body: { reason } })),
  );
}

export interface Step {
  definition: Definition | null;
  stage: Stage;
  share: number;
  reason: string;
}

export function useRelease(id: string) {
  return useChange(async (body: Step) =>
    dataOf(await api.POST("/api/v1/employees/{employee}/release", { ...at(id), body })),
  );
}

export function useEvaluate(id: string) {
  return useMutation({
    mutationFn: async (definition: Definition) =>
      dataOf(await api.POST("/api/v1/employees/{employee}/evaluate", { ...at(id), body: { definition } })),
  });
}

export function useDecide(id: string) {
  return useChange(async ({ name, accepted }: { name: string; accepted: boolean }) =>
    dataOf(
      await api.POST("/api/v1/employees/{employee}/suggestions/{name}", {
        params: { path: { employee: id, name } },
        body: { accepted },
      }),
    ),
  );
}

export function useForget(id: string) {
  return useChange(async ({ kind, key }: { kind: "rule" | "correction"; key: string }) => {
    const params = { path: { employee: id, key } };
    return dataOf(
      kind === "rule"
        ? await api.POST("/api/v1/employees/{employee}/rules/{key}/forget", { params })
        : await api.POST("/api/v1/employees/{employee}/corrections/{key}/withdraw", { params }),
    );
  });
}
