// Answering a task: the request, and what went wrong with it.
import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, ApiError, dataOf, type Shapes } from "../../api/client";
import type { Values } from "../../forms/schema";
import { useFault as useAnyFault } from "../../parts/useFault";
import { useWords } from "../../parts/useWords";

export type WholeTask = Shapes["WholeTask"];
export type Outcome = "completed" | "accepted" | "edited" | "rejected" | "approved" | "refused";

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
      client.invalidateQueries({ queryKey: ["tasks"], predicate: ({ queryKey }) => queryKey[1] !== "one" }),
  });
}

/** Whether somebody else was quicker. */
export function isGone(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 404 || error.status === 409);
}

/** What to tell somebody whose answer did not go through. */
export function useFault(): (error: unknown) => string {
  const { t } = useWords();
  const fault = useAnyFault();
  return (error) => (isGone(error) ? t("inbox.gone") : fault(error));
}
