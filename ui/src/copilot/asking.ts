// What the copilot asks the server, and what "this" means on the page where it is asked.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { matchPath } from "react-router";

import { api, dataOf, type Shapes } from "../api/client";

export type Answer = Shapes["Answer"];
export type Proposal = Answer["proposals"][number];
export type Screen = Shapes["Screen"];

const PLACES: readonly { pattern: string; shows: keyof Screen }[] = [
  { pattern: "/cases/:key", shows: "case" },
  { pattern: "/inbox/:key", shows: "task" },
  { pattern: "/team/:key/*", shows: "employee" },
  { pattern: "/processes/:key", shows: "process" },
];
/** What a page shows that shows no single thing. */
export const NOTHING: Screen = { case: null, task: null, employee: null, process: null };
/** Pages whose address looks like that of a process. */
const NO_PROCESS = "decisions";

/** What the page at this address shows, by its kind. */
export function screenOf(pathname: string): Screen {
  for (const { pattern, shows } of PLACES) {
    const key = matchPath(pattern, pathname)?.params["key"];
    if (key !== undefined && key !== NO_PROCESS) return { ...NOTHING, [shows]: key };
  }
  return NOTHING;
}

/** Questions that make sense on a page, as keys of `copilot.example`. */
export function examplesFor(screen: Screen): readonly string[] {
  if (screen.case != null) return ["caseWhere", "caseWhy", "caseCost", "caseWorked"];
  if (screen.task != null) return ["taskAsked", "taskDraft", "mine"];
  if (screen.employee != null) return ["employeeDid", "employeeGood", "employeePromise"];
  if (screen.process != null) return ["steps", "bottleneck"];
  return ["mine", "revenue", "late", "abilities"];
}

export function useAsk() {
  return useMutation({
    mutationFn: async (asked: { question: string; screen: Screen }) =>
      dataOf(await api.POST("/api/v1/ask", { body: { ...asked, language: null } })),
  });
}

/** No filter but the keys. */
const ALL_INCIDENTS = { process_id: null, element: null, kind: null, before: null, retries: null };

/** Does what was proposed, by the route that the screens use too. */
export function useDo() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ kind, key }: Proposal): Promise<void> => {
      const path = { params: { path: { key } } };
      if (kind === "claim") await api.POST("/api/v1/tasks/{key}/claim", path);
      else if (kind === "remind")
        await api.POST("/api/v1/tasks/{key}/remind", { ...path, body: { note: "" } });
      else await api.POST("/api/v1/incidents/retry", { body: { ...ALL_INCIDENTS, keys: [key] } });
    },
    onSuccess: () => void client.invalidateQueries(),
  });
}
