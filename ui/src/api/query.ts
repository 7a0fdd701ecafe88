// How long answers are fresh, and when asking again makes sense.
import { QueryClient } from "@tanstack/react-query";

import { ApiError, Unreachable } from "./client";

/**
 * A client that asks again only when the server did not answer.
 *
 * A change waits for nothing that it makes outdated (`void client.invalidateQueries(…)`): the new answer may replace the
 * very page that made the change, and that page would never hear how it went.
 */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (failures, error) => error instanceof Unreachable && failures < 3,
        refetchOnWindowFocus: true,
      },
    },
  });
}

export function isNotSignedIn(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401;
}
