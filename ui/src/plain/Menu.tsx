// A button that opens a menu: arrow keys, Escape, and a click beside it close it again.
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useRef, useState } from "react";

import { Button } from "./controls";

export interface Choice {
  key: string;
  label: string;
  /** Why it cannot be chosen now; it can when there is no reason. */
  not?: string | null;
}

interface Props {
  label: ReactNode;
  choices: readonly Choice[];
  onChoose: (key: string) => void;
  look?: "plain" | "text";
}

/** Pixels that a list may need. */
const HIGH = 320;
const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

export function Menu({ label, choices, onChoose, look = "plain" }: Props) {
  const [open, setOpen] = useState(false);
  const [side, setSide] = useState("below");
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return undefined;
    place.current?.querySelector<HTMLElement>("[role=menuitem]")?.focus();
    const beside = (event: globalThis.MouseEvent): void => {
      if (event.target instanceof Node && place.current?.contains(event.target) !== true) setOpen(false);
    };
    document.addEventListener("mousedown", beside);
    return () => document.removeEventListener("mousedown", beside);
  }, [open]);
  const shut = (): void => {
    setOpen(false);
    place.current?.querySelector("button")?.focus();
  };
  const toggle = (event: MouseEvent<HTMLButtonElement>): void => {
    const { top, bottom } = event.currentTarget.getBoundingClientRect();
    const below = innerHeight - bottom;
    setSide(below < HIGH && top > below ? "above" : "below");
    setOpen(!open);
  };
  const pressed = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (event.key === "Escape") shut();
    if (step === undefined) return;
    event.preventDefault();
    const items = [...(place.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
    const at = items.findIndex((one) => one === document.activeElement);
    items.at((at + step) % items.length)?.focus();
  };
  return (
    <div className="menu" ref={place} onKeyDown={open ? pressed : undefined}>
      <Button look={look} aria-haspopup="menu" aria-expanded={open} onClick={toggle}>
        {label}
      </Button>
      {open && (
        <div className={`menu-list is-${side}`} role="menu">
          {choices.map((one) => (
            <button
              key={one.key}
              type="button"
              role="menuitem"
              aria-disabled={one.not != null}
              onClick={() => {
                if (one.not != null) return;
                shut();
                onChoose(one.key);
              }}
            >
              {one.label}
              {one.not != null && one.not !== "" && <small>{one.not}</small>}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
