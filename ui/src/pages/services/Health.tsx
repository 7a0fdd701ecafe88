// Whether a service answers, as a mark and a word.
import type { ComponentType } from "react";

import { CheckCircleFilled, CloseCircleFilled, MinusCircleOutlined, StopOutlined } from "../../parts/icons";
import { useWords } from "../../parts/useWords";

type State = "well" | "ill" | "unknown" | "retired";
const MARKS: Record<State, ComponentType<{ className?: string }>> = {
  well: CheckCircleFilled,
  ill: CloseCircleFilled,
  unknown: MinusCircleOutlined,
  retired: StopOutlined,
};

export function Health({ state, said }: { state: State; said?: string | null }) {
  const { t } = useWords();
  const Mark = MARKS[state];
  return (
    <span className={`health ${state}`} title={said ?? undefined}>
      <Mark /> {t(`services.health.${state}`)}
    </span>
  );
}
