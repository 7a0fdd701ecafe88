// Who is signed in, and what they may do at all.
import { useQuery } from "@tanstack/react-query";

import { api, dataOf, type Shapes } from "../api/client";

export type Me = Shapes["Me"];

export function useMe() {
  return useQuery({
    queryKey: ["me"],
    queryFn: async () => dataOf(await api.GET("/api/v1/me")),
    staleTime: 60_000,
  });
}

/** Whether there is anything this person may do by one of these actions. */
export function mayAny(me: Me, actions: readonly string[]): boolean {
  return actions.length === 0 || actions.some((action) => me.may[action] === true);
}
