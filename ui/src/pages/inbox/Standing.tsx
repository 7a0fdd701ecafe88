// Where the case of a task stands: the diagram with the travelled path. Loaded when it is first opened.
import { useMemo } from "react";

import { useModel, useParts } from "../../api/hooks";
import { LazyDiagram } from "../../diagram/LazyDiagram";
import Dressed from "../../Dressed";
import { Loaded } from "../../parts/Loaded";
import { useWords } from "../../parts/useWords";
import type { WholeTask } from "./answering";

export default function Standing({ task }: { task: WholeTask }) {
  const { t } = useWords();
  const model = useModel(task.definition);
  const parts = useParts(task.instance);
  const marks = useMemo(
    () => Object.fromEntries((parts.data?.elements ?? []).map((one) => [one.element, { state: one.state }])),
    [parts.data],
  );
  return (
    <Dressed>
      <Loaded query={model}>
        {(xml) => (
          <LazyDiagram
            xml={xml}
            marks={marks}
            focus={task.element}
            height={300}
            label={t("inbox.standing")}
          />
        )}
      </Loaded>
    </Dressed>
  );
}
