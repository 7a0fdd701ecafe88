// Questions asked before the workbench itself is there: the script of the first view takes longer than their answers.

const asked = new Map<string, Promise<Response>>();
const OWN = { "X-Mainspring": "1" };

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

/** The list of the inbox, and the task that will be open first. */
export async function askInbox(task: string | undefined): Promise<void> {
  const list = askEarly("/api/v1/lists/tasks?scope=mine&first=0&count=100");
  if (task !== undefined) {
    void askEarly(`/api/v1/tasks/${task}`);
    return;
  }
  const answer = await list;
  if (!answer.ok) return;
  const { items } = (await answer.clone().json()) as { items: { key: string }[] };
  if (items[0] !== undefined) void askEarly(`/api/v1/tasks/${items[0].key}`);
}
