// One hook on the server's events: when something happened, what is shown is asked for again.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

/** Seconds to let pass at least between two rounds of asking again. */
const CALM = 700;

/**
 * Follow the log and refresh the queries whose first key is named.
 *
 * @param names first parts of query keys, such as "tasks"
 * @returns whether the server can be heard
 */
export function useEvents(names: readonly string[]): boolean {
  const client = useQueryClient();
  const [heard, setHeard] = useState(true);
  const joined = names.join(" ");
  useEffect(() => {
    const source = new EventSource("/api/v1/events");
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const refresh = (): void => {
      waiting = undefined;
      for (const name of joined.split(" ")) void client.invalidateQueries({ queryKey: [name] });
    };
    source.addEventListener("position", () => {
      setHeard(true);
      waiting ??= setTimeout(refresh, CALM);
    });
    source.onerror = () => setHeard(false);
    return () => {
      clearTimeout(waiting);
      source.close();
    };
  }, [client, joined]);
  return heard;
}
