// Who did it: colour and glyph together, never colour alone.

import type { ActorKind } from "../theme";
import { useWords } from "./useWords";

const SHAPES: Record<ActorKind, string> = {
  person: "M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13z",
  agent: "M8 1l6 3.5v7L8 15l-6-3.500v-7z",
  system: "M4 4h8v8H4z",
  waiting: "M5 7V5a3 3 0 0 1 6 0v2h1.500v7h-9V7zM6.500 7h3V5a1.500 1.500 0 0 0-3 0z",
};

/** The kind of actor that a name from the log stands for. */
export function actorKind(kind: string): ActorKind {
  return kind === "person" || kind === "agent" ? kind : "system";
}

export function ActorMark({ kind, size = 12 }: { kind: ActorKind; size?: number }) {
  const { t } = useWords();
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" role="img" aria-label={t(`actor.${kind}`)}>
      <path d={SHAPES[kind]} fill={`var(--${kind})`} fillRule="evenodd" />
    </svg>
  );
}

export function Actor({ kind, name }: { kind: ActorKind; name: string }) {
  return (
    <span className="row" style={{ gap: 6, display: "inline-flex" }}>
      <ActorMark kind={kind} />
      {name}
    </span>
  );
}
