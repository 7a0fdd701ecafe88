// A window onto a long list of the server: any place of it can be shown, and only what is in sight is asked for.
import { keepPreviousData, useQueries } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";

export const PAGE = 100;

export interface Window<T> {
  items: T[];
  total: number;
}

export interface WindowState<T> {
  /** Rows of the whole list; undefined until the server has said. */
  total: number | undefined;
  /** The row at a place; undefined while it is on its way. */
  row: (place: number) => T | undefined;
  /** Rows that are here, with their places. */
  here: readonly (readonly [number, T])[];
  /** Say which places are in sight. */
  show: (first: number, last: number) => void;
  error: Error | null;
  again: () => void;
}

/**
 * A list by windows.
 *
 * @param name first parts of the query key, with the filter; another name is another list
 * @param ask gives rows from a place on
 */
export function useWindow<T>(
  name: readonly unknown[],
  ask: (first: number, count: number) => Promise<Window<T>>,
): WindowState<T> {
  const list = JSON.stringify(name);
  const [sight, setSight] = useState({ list, first: 0, last: 0 });
  const { first, last } = sight.list === list ? sight : { first: 0, last: 0 };
  const numbers = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const pages = useQueries({
    queries: numbers.map((page) => ({
      queryKey: [...name, "window", page],
      queryFn: () => ask(page * PAGE, PAGE),
      placeholderData: keepPreviousData,
    })),
  });
  const stamp = pages.map((page) => `${page.dataUpdatedAt}.${page.isPlaceholderData}`).join(" ");
  const here = useMemo(
    () =>
      pages.flatMap((page, index) =>
        page.isPlaceholderData
          ? []
          : (page.data?.items ?? []).map((row, place) => [(first + index) * PAGE + place, row] as const),
      ),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the pages are new objects at every turn; their stamp says when they changed
    [stamp, first, list],
  );
  const rows = useMemo(() => new Map(here), [here]);
  const show = useCallback(
    (from: number, to: number) => {
      const next = { list, first: Math.floor(from / PAGE), last: Math.floor(Math.max(from, to) / PAGE) };
      setSight((now) =>
        now.list === next.list && now.first === next.first && now.last === next.last ? now : next,
      );
    },
    [list],
  );
  return {
    total: pages.find((page) => page.data !== undefined)?.data.total,
    row: (place) => rows.get(place),
    here,
    show,
    error: pages.find((page) => page.data === undefined && page.error !== null)?.error ?? null,
    again: () => pages.forEach((page) => void page.refetch()),
  };
}
