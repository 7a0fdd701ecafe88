// What a person keeps with the server for themselves, by name: saved filters and the like.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, dataOf } from "./client";

const KEY = ["preferences"];

/** A kept value and how to keep another; undefined until the server has said. */
export function usePreference<T>(name: string): [T | null | undefined, (value: T | null) => void] {
  const client = useQueryClient();
  const kept = useQuery({
    queryKey: KEY,
    staleTime: 60_000,
    queryFn: async () => dataOf(await api.GET("/api/v1/me/preferences")).values,
  });
  const keep = useMutation({
    mutationFn: async (value: T | null) =>
      dataOf(await api.PUT("/api/v1/me/preferences/{name}", { params: { path: { name } }, body: { value } }))
        .values,
    onSuccess: (values) => client.setQueryData(KEY, values),
  });
  const value = kept.data === undefined ? undefined : ((kept.data[name] ?? null) as T | null);
  return [value, (next) => keep.mutate(next)];
}
