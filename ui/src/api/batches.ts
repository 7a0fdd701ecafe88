// Operations on many cases at once, portion by portion until each was asked.
import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, dataOf, type Shapes } from "./client";

export type Operation = "cancel" | "delete";

export interface Outcome {
  done: number;
  /** Why those that were not done were refused, each reason once. */
  refused: readonly string[];
}

/** Cases that one request may name. */
const NAMED = 500;
const ANY = { process_id: null, version: null, state: null, before: null };

/** Ask for one portion after the other. */
export async function inPortions(
  ask: (after: string) => Promise<Shapes["BatchAnswer"]>,
): Promise<Shapes["BatchItem"][]> {
  const items: Shapes["BatchItem"][] = [];
  for (let after: string | null = "0"; after !== null;) {
    const portion: Shapes["BatchAnswer"] = await ask(after);
    items.push(...portion.items);
    after = portion.next;
  }
  return items;
}

export function outcomeOf(items: readonly Shapes["BatchItem"][]): Outcome {
  const refused = new Set(items.filter((one) => !one.done).map((one) => one.why));
  return { done: items.filter((one) => one.done).length, refused: [...refused] };
}

/** Cancel cases that go on, or delete cases that have ended: exactly these. */
export function useBatch() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ operation, keys }: { operation: Operation; keys: readonly string[] }) => {
      const path = `/api/v1/instances/${operation}` as const;
      const items: Shapes["BatchItem"][] = [];
      for (let first = 0; first < keys.length; first += NAMED) {
        const body = { ...ANY, keys: keys.slice(first, first + NAMED) };
        const ask = async (after: string) =>
          dataOf(await api.POST(path, { params: { query: { after } }, body }));
        items.push(...(await inPortions(ask)));
      }
      return outcomeOf(items);
    },
    onSettled: () => void client.invalidateQueries(),
  });
}
