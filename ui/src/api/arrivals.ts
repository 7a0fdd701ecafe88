// What comes in from outside by hand: documents of customers, statements of the bank; and the link that goes out.
import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, dataOf, type Shapes } from "./client";

export type CustomerLink = Shapes["LinkShape"];

function form(document: File): { body: never; bodySerializer: () => FormData } {
  const data = new FormData();
  data.set("document", document);
  return { body: data as never, bodySerializer: () => data };
}

/** Takes a customer's document in; gives the key of its case. */
export function useBringDocument() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (document: File) => dataOf(await api.POST("/api/v1/inquiries", form(document))),
    onSuccess: () => void client.invalidateQueries({ queryKey: ["instances"] }),
  });
}

/** Takes a bank statement in; gives what was new in it. */
export function useBringStatement() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (document: File) => dataOf(await api.POST("/api/v1/statements", form(document))),
    onSuccess: () => void client.invalidateQueries({ queryKey: ["instances"] }),
  });
}

/** Makes the link that shows a customer their quote or order; its address is told this once. */
export function useMakeLink() {
  return useMutation({
    mutationFn: async (body: { kind: "quote" | "order"; document: string }) =>
      dataOf(await api.POST("/api/v1/links", { body: { ...body, days: 14 } })),
  });
}
