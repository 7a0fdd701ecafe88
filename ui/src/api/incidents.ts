// Incidents: cases that stopped are let go on where they stopped, one or all at a place.
import { useMutation, useQueryClient } from "@tanstack/react-query";

import { inPortions, outcomeOf } from "./batches";
import { api, dataOf } from "./client";

/** Which incidents: those of the keys, or all at an element of a process. */
export type Stopped = { keys: string[] } | { process_id: string; element: string };

const ANY = { process_id: null, element: null, kind: null, before: null, keys: null, retries: null };

/** Retry incidents: all that fit. */
export function useRetry() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (stopped: Stopped) => {
      const body = { ...ANY, ...stopped };
      const ask = async (after: string) =>
        dataOf(await api.POST("/api/v1/incidents/retry", { params: { query: { after } }, body }));
      return outcomeOf(await inPortions(ask));
    },
    onSettled: () => void client.invalidateQueries(),
  });
}
