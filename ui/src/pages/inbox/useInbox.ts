// The state of the inbox: filter, list, the task that is open, and going to the next one.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { matchPath, useNavigate, useParams, useSearchParams } from "react-router";

import { api, dataOf } from "../../api/client";
import { useWindow } from "../../api/window";
import { asked, type Filter, filterOf, type Queue, searchOf, type Task } from "./queues";

function useCounts(): Record<Queue, number | null> {
  const count = (scope: "mine" | "all") => ({
    queryKey: ["tasks", "queues", scope],
    queryFn: async () => dataOf(await api.GET("/api/v1/lists/queues", { params: { query: { scope } } })),
  });
  const mine = useQuery(count("mine")).data;
  const all = useQuery(count("all")).data;
  return {
    mine: mine?.all ?? null,
    reviews: mine?.review ?? null,
    money: mine?.approval ?? null,
    tasks: mine?.task ?? null,
    late: mine?.late ?? null,
    all: all?.all ?? null,
  };
}

/** The task that the address names at this moment: it is there at once, the drawing follows when it can. */
function keyNow(): string | undefined {
  return matchPath("/inbox/:key", location.pathname)?.params.key;
}

export function useInbox() {
  const { key } = useParams();
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const [opened] = useState(() => Date.now());
  const filter = filterOf(search);
  const list = useWindow<Task>(["tasks", "list", filter], async (first, count) =>
    dataOf(await api.GET("/api/v1/lists/tasks", { params: { query: { ...asked(filter), first, count } } })),
  );
  const placeOf = (task: string | undefined): number =>
    list.here.find(([, one]) => one.key === task)?.[0] ?? -1;
  const place = placeOf(key);
  const open = (next: string | undefined, replace = false): void => {
    const pathname = next === undefined ? "/inbox" : `/inbox/${next}`;
    void navigate({ pathname, search: search.toString() }, { replace });
  };
  return {
    list,
    filter,
    counts: useCounts(),
    key,
    /** The place of the open task in the list; -1 when it is not in sight. */
    place,
    /** When the inbox was opened: what is late is judged by it. */
    now: opened,
    /** Look at something else; the open task is closed. */
    choose: (next: Partial<Filter>): void =>
      void navigate({ pathname: "/inbox", search: searchOf({ ...filter, ...next }) }),
    open,
    /** Open the task `by` places further; the first when none is open. */
    step: (by: number): void => {
      const next = list.row(Math.max(placeOf(keyNow()) + by, 0));
      if (next !== undefined) open(next.key);
    },
    /** After an answer: the one that moves up, or the list when it was the last. */
    onwards: (): void => open((list.row(place + 1) ?? (place > 0 ? list.row(place - 1) : undefined))?.key),
  };
}

export type InboxState = ReturnType<typeof useInbox>;
