// The state of a case in words and colour.
import { Tag } from "antd";

import { useWords } from "../../parts/useWords";

const COLOURS: Record<string, string> = {
  active: "gold",
  suspended: "default",
  completed: "green",
  terminated: "default",
};

export function StateTag({ state }: { state: string }) {
  const { t } = useWords();
  return <Tag color={COLOURS[state]}>{t(`state.${state}`)}</Tag>;
}
