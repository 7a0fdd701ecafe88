// What else may be done with a task: a menu that says why something may not be done, and a dialog for each.
import { lazy, Suspense, useState } from "react";

import { type Operation, OPERATIONS, useOperation, useOptions, type Wish } from "../../api/operations";
import { useFault } from "../../parts/useFault";
import { useWords } from "../../parts/useWords";
import { Menu } from "../../plain/Menu";
import { tell } from "../../plain/tell";
import type { WholeTask } from "./answering";

const Dressed = lazy(() => import("../../Dressed"));
const OperationDialog = lazy(() => import("./OperationDialog"));

interface Props {
  task: WholeTask;
  onDone: () => void;
}

export function Operations({ task, onDone }: Props) {
  const { t } = useWords();
  const fault = useFault();
  const options = useOptions(task.key);
  const operate = useOperation(task.key, task.instance);
  const [chosen, setChosen] = useState<Operation | null>(null);
  const known = new Map((options.data?.operations ?? []).map((one) => [one.operation, one]));
  const choices = OPERATIONS.filter((one) => known.has(one)).map((one) => ({
    key: one,
    label: t(`operations.name.${one}`),
    not: known.get(one)?.possible === true ? null : (known.get(one)?.reason ?? ""),
  }));
  if (choices.length === 0) return null;
  const go = (operation: Operation, wish: Wish): void =>
    operate.mutate(
      { operation, wish },
      {
        onSuccess: () => {
          setChosen(null);
          tell("success", t("operations.done"));
          if (operation !== "remind" && operation !== "copy") onDone();
        },
        onError: (error) => tell("warning", fault(error)),
      },
    );
  return (
    <>
      <Menu label={t("operations.more")} choices={choices} onChoose={(key) => setChosen(key as Operation)} />
      {chosen !== null && (
        <Suspense>
          <Dressed>
            <OperationDialog
              operation={chosen}
              destinations={options.data?.destinations ?? []}
              instance={task.instance}
              definition={task.definition}
              busy={operate.isPending}
              onCancel={() => setChosen(null)}
              onGo={(wish) => go(chosen, wish)}
            />
          </Dressed>
        </Suspense>
      )}
    </>
  );
}
