// Light or dark: what was chosen last, or what the system prefers. It stands on <html>, where the colours hang on it.
import { useSyncExternalStore } from "react";

import type { Mode } from "../theme";

const KEPT = "mainspring.mode";
const listeners = new Set<() => void>();

function firstMode(): Mode {
  const kept = localStorage.getItem(KEPT);
  if (kept === "light" || kept === "dark") return kept;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

export function startMode(): void {
  document.documentElement.dataset["mode"] = firstMode();
}

function choose(mode: Mode): void {
  localStorage.setItem(KEPT, mode);
  document.documentElement.dataset["mode"] = mode;
  listeners.forEach((hear) => hear());
}

function now(): Mode {
  return document.documentElement.dataset["mode"] === "dark" ? "dark" : "light";
}

function listen(hear: () => void): () => void {
  listeners.add(hear);
  return () => listeners.delete(hear);
}

export function useMode(): [Mode, (mode: Mode) => void] {
  return [useSyncExternalStore(listen, now), choose];
}
