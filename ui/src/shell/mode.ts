// Light or dark: what was chosen last, or what the system prefers.
import { useEffect, useState } from "react";

import type { Mode } from "../theme";

const KEPT = "mainspring.mode";

function firstMode(): Mode {
  const kept = localStorage.getItem(KEPT);
  if (kept === "light" || kept === "dark") return kept;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

export function useMode(): [Mode, (mode: Mode) => void] {
  const [mode, setMode] = useState<Mode>(firstMode);
  useEffect(() => {
    document.documentElement.dataset["mode"] = mode;
  }, [mode]);
  const choose = (next: Mode): void => {
    localStorage.setItem(KEPT, next);
    setMode(next);
  };
  return [mode, choose];
}
