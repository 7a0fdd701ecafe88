// Questions asked before the workbench itself is there: the script of the first view takes longer than their answers.
import type { ComponentType } from "react";

const asked = new Map<string, Promise<Response>>();
/** What the inbox shows when nothing is looked for. */
export const FIRST_LIST = "/api/v1/lists/tasks?scope=mine&first=0&count=100";
const OWN = { "X-Mainspring": "1" };

type InboxScript = typeof import("./pages/inbox/Inbox");
let inbox: Promise<InboxScript> | undefined;
let view: ComponentType | undefined;

/** The script of the inbox, asked for once. */
export function loadInbox(): Promise<InboxScript> {
  inbox ??= import("./pages/inbox/Inbox").then((script) => {
    view = script.default;
    return script;
  });
  return inbox;
}

/** The view of the inbox when its script is here: a lazy view is drawn in a second turn even then. */
export function inboxNow(): ComponentType | undefined {
  return view;
}

/** Ask the server now; whoever asks the same first gets this answer. */
export function askEarly(path: string): Promise<Response> {
  const answer = fetch(path, { headers: OWN });
  asked.set(path, answer);
  answer.catch(() => asked.delete(path)); // whoever needs it asks again and tells the person
  return answer;
}

/** The early answer to a question, once; undefined when it was not asked. */
export function takeEarly(request: Request): Promise<Response> | undefined {
  const { pathname, search } = new URL(request.url);
  const path = pathname + search;
  const answer = request.method === "GET" ? asked.get(path) : undefined;
  asked.delete(path);
  return answer;
}

/** The data of an early answer, once; undefined when it was not asked or not answered well: then it stays as it is. */
export async function readEarly(path: string): Promise<unknown> {
  const answer = await asked.get(path)?.catch(() => undefined);
  return answer?.ok === true && asked.delete(path) ? answer.json() : undefined;
}

let asking: Promise<void> | undefined;

/** Ask for the list of the inbox, and for the task that will be open first; settled when both are asked. */
export function askInbox(task: string | undefined): Promise<void> {
  asking = askBoth(task).catch(() => undefined); // whoever needs them asks again
  return asking;
}

/** When the questions of `askInbox` have been asked. */
export async function inboxAsked(): Promise<void> {
  await asking;
}

async function askBoth(task: string | undefined): Promise<void> {
  const list = askEarly(FIRST_LIST);
  if (task !== undefined) {
    void askEarly(`/api/v1/tasks/${task}`);
    return;
  }
  const answer = await list;
  if (!answer.ok) return;
  const { items } = (await answer.clone().json()) as { items: { key: string }[] };
  if (items[0] !== undefined) void askEarly(`/api/v1/tasks/${items[0].key}`);
}
