// One hook on the server's events: when something happened, what is shown is asked for again.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

/** Milliseconds to let pass at least between two rounds of asking again. */
const CALM = 700;
/** Milliseconds until the server is looked for again, where the browser has given up. */
const AGAIN = 3000;

/**
 * Follow the log and refresh the queries whose first key is named; all of them when the server is back.
 *
 * @param names first parts of query keys, such as "tasks"
 * @returns whether the server can be heard
 */
export function useEvents(names: readonly string[]): boolean {
  const client = useQueryClient();
  const [heard, setHeard] = useState(true);
  const joined = names.join(" ");
  useEffect(() => {
    let source: EventSource;
    let away = false;
    let known = false;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    let looking: ReturnType<typeof setTimeout> | undefined;
    const refresh = (): void => {
      waiting = undefined;
      for (const name of joined.split(" ")) void client.invalidateQueries({ queryKey: [name] });
    };
    const listen = (): void => {
      source = new EventSource("/api/v1/events");
      source.addEventListener("position", () => {
        setHeard(true);
        if (away) void client.invalidateQueries();
        else if (known) waiting ??= setTimeout(refresh, CALM); // the first only says where the log stands
        [away, known] = [false, true];
      });
      source.onerror = () => {
        away = true;
        setHeard(false);
        // A refused answer closes the stream for good: who is signed out by now must see it.
        if (source.readyState === EventSource.CLOSED) {
          void client.invalidateQueries({ queryKey: ["me"] });
          looking = setTimeout(listen, AGAIN);
        }
      };
    };
    listen();
    return () => {
      clearTimeout(waiting);
      clearTimeout(looking);
      source.close();
    };
  }, [client, joined]);
  return heard;
}
