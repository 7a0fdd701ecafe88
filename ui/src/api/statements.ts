// Statements of banks: what was taken in, and taking one in.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, dataOf, type Shapes } from "./client";

export type StatementHead = Shapes["StatementHeadShape"];
export type TakenIn = Shapes["TakenInShape"];

const KEY = ["statements"];

export function useStatements() {
  return useQuery({ queryKey: KEY, queryFn: async () => dataOf(await api.GET("/api/v1/statements")) });
}

/** Takes in what is new of a file; its payments are matched with open invoices by a case. */
export function useTakeStatement() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (document: File) => {
      const data = new FormData();
      data.set("document", document);
      return dataOf(await api.POST("/api/v1/statements", { body: data as never, bodySerializer: () => data }))
        .items;
    },
    onSuccess: () => void client.invalidateQueries({ queryKey: KEY }),
  });
}
