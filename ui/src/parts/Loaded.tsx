// A query's four states in one place: loading, trouble, nothing, data.
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { Nothing, OnItsWay } from "../plain/controls";
import { Trouble } from "./Trouble";
import { useWords } from "./useWords";

interface Props<T> {
  query: UseQueryResult<T>;
  /** Whether the data has nothing in it, and what to say then. */
  empty?: { when: (data: T) => boolean; say: string };
  children: (data: T) => ReactNode;
}

export function Loaded<T>({ query, empty, children }: Props<T>) {
  const { t } = useWords();
  if (query.data !== undefined) {
    if (empty?.when(query.data) === true) return <Nothing>{empty.say}</Nothing>;
    return <>{children(query.data)}</>;
  }
  if (query.error !== null) return <Trouble error={query.error} onRetry={() => void query.refetch()} />;
  return <OnItsWay label={t("app.loading")} />;
}
