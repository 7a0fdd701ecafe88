// The set-up guide: the company as kept, and people read from a spreadsheet.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, dataOf, type Shapes } from "./client";

export type Company = Shapes["Company"];
export type PersonRead = Shapes["PersonRead"];

const KEY = ["company"];

export function useCompany() {
  return useQuery({
    queryKey: KEY,
    queryFn: async () => dataOf(await api.GET("/api/v1/company")),
    staleTime: 60_000,
  });
}

export function useKeepCompany() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: Company) => dataOf(await api.PUT("/api/v1/company", { body })),
    onSuccess: (kept) => client.setQueryData(KEY, kept),
  });
}

/** Reads the people in a spreadsheet; nobody is added yet. */
export function useReadPeople() {
  return useMutation({
    mutationFn: async (document: File) => {
      const data = new FormData();
      data.set("document", document);
      return dataOf(
        await api.POST("/api/v1/company/people", { body: data as never, bodySerializer: () => data }),
      ).items;
    },
  });
}
