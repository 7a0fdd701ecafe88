// What happened in the case of a task so far: who did what when. Loaded when it is first opened.
import { useMemo } from "react";

import { useModel } from "../../api/hooks";
import { calledIn } from "../../diagram/names";
import Dressed from "../../Dressed";
import { useWords } from "../../parts/useWords";
import { Timeline } from "./Timeline";
import type { WholeTask } from "../inbox/answering";

export default function TaskHistory({ task }: { task: WholeTask }) {
  const { language } = useWords();
  const model = useModel(task.definition);
  const called = useMemo(() => calledIn(model.data ?? "", language), [model.data, language]);
  return (
    <Dressed>
      <Timeline instance={task.instance} nameOf={called} />
    </Dressed>
  );
}
