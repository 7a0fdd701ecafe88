// The first list of the inbox and the task that is open first, put where their queries look for them.
import type { QueryClient } from "@tanstack/react-query";

import type { Window } from "../../api/window";
import { FIRST_LIST, inboxAsked, readEarly } from "../../early";
import { isWide } from "../../plain/useWide";
import { filterOf, type Task } from "./queues";

/**
 * Fill in the early answers of the inbox.
 *
 * @param open the task that the address names
 * @returns without one, where there is room: the address of the first of the list
 */
export async function fillInbox(client: QueryClient, open: string | undefined): Promise<string | undefined> {
  const list = (await readEarly(FIRST_LIST)) as Window<Task> | undefined;
  if (list !== undefined)
    client.setQueryData(["tasks", "list", filterOf(new URLSearchParams()), "window", 0], list);
  const key = open ?? list?.items[0]?.key;
  if (key === undefined) return undefined;
  await inboxAsked();
  const task = await readEarly(`/api/v1/tasks/${key}`);
  if (task === undefined) return undefined;
  client.setQueryData(["tasks", "one", key], task);
  return open === undefined && isWide() ? `/inbox/${key}` : undefined;
}
