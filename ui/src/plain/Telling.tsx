// Where short words appear; read out without taking the focus away.
import { useSyncExternalStore } from "react";

import { telling } from "./tell";
import "./plain.css";

export function Telling() {
  const told = useSyncExternalStore(telling.listen, telling.now);
  return (
    <div className="telling" role="status" aria-live="polite">
      {told.map((one) => (
        <p key={one.number} className={`is-${one.kind}`}>
          {one.text}
        </p>
      ))}
    </div>
  );
}
