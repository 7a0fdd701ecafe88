// Whether the window is wide enough for several panes beside each other.
import { useSyncExternalStore } from "react";

const WIDE = "(min-width: 768px)";

function listen(hear: () => void): () => void {
  const width = matchMedia(WIDE);
  width.addEventListener("change", hear);
  return () => width.removeEventListener("change", hear);
}

export function isWide(): boolean {
  return matchMedia(WIDE).matches;
}

export function useWide(): boolean {
  return useSyncExternalStore(listen, isWide);
}
