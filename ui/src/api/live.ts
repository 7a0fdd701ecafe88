// The live map of a version as it changes, up to ten times a second.
import { useEffect, useState } from "react";

import { useLive } from "./hooks";
import type { Shapes } from "./client";

export type LiveElements = Shapes["LiveMap"]["elements"];

/** What stands at each element now; of an earlier version it is what the first answer said, until more comes. */
export function useLiveMap(key: string): LiveElements | undefined {
  const [heard, setHeard] = useState<{ key: string; elements: LiveElements }>();
  const first = useLive(heard?.key === key ? undefined : key).data?.elements; // the stream says all that follows
  useEffect(() => {
    const source = new EventSource(`/api/v1/processes/${key}/live/changes`);
    source.addEventListener("elements", (event: MessageEvent<string>) => {
      const changed = JSON.parse(event.data) as LiveElements;
      setHeard((before) => ({
        key,
        elements: before?.key === key ? { ...before.elements, ...changed } : changed,
      }));
    });
    return () => source.close();
  }, [key]);
  return heard?.key === key ? heard.elements : first;
}
