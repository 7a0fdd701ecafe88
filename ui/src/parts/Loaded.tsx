// A query's four states in one place: loading, trouble, nothing, data.
import type { UseQueryResult } from "@tanstack/react-query";
import { Empty, Skeleton } from "antd";
import type { ReactNode } from "react";

import { Trouble } from "./Trouble";

interface Props<T> {
  query: UseQueryResult<T>;
  /** Whether the data has nothing in it, and what to say then. */
  empty?: { when: (data: T) => boolean; say: string };
  children: (data: T) => ReactNode;
}

export function Loaded<T>({ query, empty, children }: Props<T>) {
  if (query.data !== undefined) {
    if (empty?.when(query.data) === true)
      return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={empty.say} />;
    return <>{children(query.data)}</>;
  }
  if (query.error !== null) return <Trouble error={query.error} onRetry={() => void query.refetch()} />;
  return <Skeleton active style={{ padding: 16 }} />;
}
