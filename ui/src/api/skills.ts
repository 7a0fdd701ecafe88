// Skills that people use as tools: two versions compared, a bill read. Nothing given to them is kept.
import { useMutation } from "@tanstack/react-query";

import { api, dataOf, type Shapes } from "./client";

export type Compared = Shapes["ComparisonShape"];
export type Difference = Shapes["ChangeShape"];
export type Bill = Shapes["BillShape"];

function files(given: Record<string, File>): { body: never; bodySerializer: () => FormData } {
  const data = new FormData();
  for (const [name, file] of Object.entries(given)) data.set(name, file);
  return { body: data as never, bodySerializer: () => data };
}

/** What differs between two versions of a text, contract or table; what matters comes first. */
export function useCompareVersions() {
  return useMutation({
    mutationFn: async (versions: { old: File; new: File }) =>
      dataOf(await api.POST("/api/v1/skills/compare", files(versions))),
  });
}

/** The values of an invoice or receipt, each with how sure it is. */
export function useReadBill() {
  return useMutation({
    mutationFn: async (document: File) => dataOf(await api.POST("/api/v1/skills/bills", files({ document }))),
  });
}
