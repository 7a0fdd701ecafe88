// Several alike reviews answered at once; each is its own answer, and what could not be answered is said.
import { useState } from "react";

import { useWords } from "../../parts/useWords";
import { Button } from "../../plain/controls";
import { tell } from "../../plain/tell";
import { useAnswer, useFault } from "./answering";
import type { Task } from "./queues";

export function Batch({ chosen, onDone }: { chosen: Task[]; onDone: () => void }) {
  const { t } = useWords();
  const answer = useAnswer();
  const fault = useFault();
  const [busy, setBusy] = useState(false);
  if (chosen.length === 0) return null;
  const accept = async (): Promise<void> => {
    setBusy(true);
    let ok = 0;
    const faults: string[] = [];
    for (const task of chosen) {
      try {
        await answer.mutateAsync({ key: task.key, outcome: "accepted", answer: {} });
        ok += 1;
      } catch (error) {
        faults.push(fault(error));
      }
    }
    setBusy(false);
    if (faults.length === 0) tell("success", t("inbox.done"));
    else tell("warning", t("inbox.batchDone", { ok, failed: faults.length, why: faults[0] }));
    onDone();
  };
  return (
    <div className="spread" style={{ padding: "8px 12px", borderBottom: "1px solid var(--line)" }}>
      <span className="quiet">{t("inbox.selected", { count: chosen.length })}</span>
      <Button look="primary" small busy={busy} onClick={() => void accept()}>
        {t("inbox.acceptAll", { count: chosen.length })}
      </Button>
    </div>
  );
}
