// The firm's own lists: open a file, look what it would do, import it, take it back.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, dataOf, type Shapes } from "./client";

export type Import = Shapes["ImportShape"];
export type ImportHead = Shapes["ImportHeadShape"];
export type ImportKind = Shapes["ImportKindShape"];

/** How a file is to be understood; what is not said is guessed. */
export interface Choices {
  kind: Import["kind"] | null;
  columns: Record<string, string>;
  currency: string | null;
  days: "ymd" | "dmy" | "mdy" | null;
  leave_out: boolean;
}

const KEY = ["imports"];
const at = (number: string) => ({ params: { path: { number } } });

export function useImports() {
  return useQuery({
    queryKey: [...KEY, "all"],
    queryFn: async () => dataOf(await api.GET("/api/v1/imports")),
  });
}

export function useImportKinds() {
  return useQuery({
    queryKey: ["import kinds"],
    queryFn: async () => dataOf(await api.GET("/api/v1/imports/kinds")),
    staleTime: Infinity,
  });
}

export function useOpenImport() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (document: File) => {
      const data = new FormData();
      data.set("document", document);
      return dataOf(await api.POST("/api/v1/imports", { body: data as never, bodySerializer: () => data }));
    },
    onSuccess: () => void client.invalidateQueries({ queryKey: [...KEY, "all"] }),
  });
}

/** What the import would do with these choices; nothing is changed by looking. */
export function useLook(number: string, choices: Choices) {
  return useQuery({
    queryKey: [...KEY, number, choices],
    queryFn: async () =>
      dataOf(await api.POST("/api/v1/imports/{number}/look", { ...at(number), body: choices })),
    placeholderData: (before) => (before?.import_no === number ? before : undefined),
  });
}

export function useRunImport(number: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (choices: Choices) =>
      dataOf(await api.POST("/api/v1/imports/{number}/run", { ...at(number), body: choices })),
    onSuccess: () => void client.invalidateQueries({ queryKey: KEY }),
  });
}

export function useUndoImport(number: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => dataOf(await api.POST("/api/v1/imports/{number}/undo", at(number))),
    onSuccess: () => void client.invalidateQueries({ queryKey: KEY }),
  });
}
