// Answering a task: the request, what was typed (kept until it is answered), and what went wrong.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { api, ApiError, dataOf, type Shapes } from "../../api/client";
import type { Values } from "../../forms/schema";

export type WholeTask = Shapes["WholeTask"];
export type Outcome = "completed" | "accepted" | "edited" | "rejected" | "approved" | "refused";

const kept = (key: string): string => `mainspring.draft.${key}`;

/** What somebody typed for a task, kept in this browser until the task is answered. */
export function useKept(key: string, first: Values): [Values, (values: Values) => void, () => void] {
  const [values, setValues] = useState<Values>(() => readKept(key) ?? first);
  const [touched, setTouched] = useState(false);
  useEffect(() => {
    if (touched) localStorage.setItem(kept(key), JSON.stringify(values));
  }, [key, values, touched]);
  const change = (next: Values): void => {
    setTouched(true);
    setValues(next);
  };
  return [values, change, () => localStorage.removeItem(kept(key))];
}

function readKept(key: string): Values | null {
  const text = localStorage.getItem(kept(key));
  if (text === null) return null;
  try {
    return JSON.parse(text) as Values;
  } catch {
    return null;
  }
}

export interface Reply {
  key: string;
  outcome: Outcome;
  answer: Values;
}

/** Sends answers; lists are asked for again afterwards. */
export function useAnswer() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ key, outcome, answer }: Reply) =>
      dataOf(
        await api.POST("/api/v1/tasks/{key}/complete", {
          params: { path: { key } },
          body: { outcome, answer },
        }),
      ),
    // The task itself is gone with its answer; only the lists are asked for again.
    onSettled: () =>
      client.invalidateQueries({
        queryKey: ["tasks"],
        predicate: ({ queryKey }) => queryKey[1] === "mine" || queryKey[1] === "all",
      }),
  });
}

/** Whether somebody else was quicker. */
export function isGone(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 404 || error.status === 409);
}
