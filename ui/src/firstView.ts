// What the first view shows is put where its queries look for it before anything is drawn: drawing the frame, then the
// list, then the task, each when its answer comes, costs more of the processor than all at once.
import type { QueryClient } from "@tanstack/react-query";

import { loadInbox, readEarly } from "./early";

/**
 * Put in what was asked early; whatever did not come or was refused is asked again by the view that needs it.
 *
 * @returns the address to begin at, where another one than that of the window is better
 */
export async function filled(client: QueryClient): Promise<string | undefined> {
  const [, place, task] = location.pathname.split("/");
  const plainInbox = place === "inbox" && location.search === "";
  const inbox = plainInbox ? loadInbox().then((script) => script.fillInbox(client, task)) : undefined;
  const me = await readEarly("/api/v1/me");
  if (me !== undefined) client.setQueryData(["me"], me);
  return inbox?.catch(() => undefined); // a script that did not come is told by the view itself
}
