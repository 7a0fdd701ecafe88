// What else may be done with a task: a menu that says why something may not be done, and a dialog for each.
import { App, Button, Dropdown, Tooltip } from "antd";
import { useState } from "react";

import { type Operation, OPERATIONS, useOperation, useOptions, type Wish } from "../../api/operations";
import { useWords } from "../../parts/useWords";
import type { WholeTask } from "./answering";
import { OperationDialog } from "./OperationDialog";

interface Props {
  task: WholeTask;
  onDone: () => void;
}

export function Operations({ task, onDone }: Props) {
  const { t } = useWords();
  const { message } = App.useApp();
  const options = useOptions(task.key);
  const operate = useOperation(task.key, task.instance);
  const [chosen, setChosen] = useState<Operation | null>(null);
  const known = new Map((options.data?.operations ?? []).map((one) => [one.operation, one]));
  const items = OPERATIONS.filter((one) => known.has(one)).map((one) => ({
    key: one,
    disabled: known.get(one)?.possible !== true,
    label: <Tooltip title={known.get(one)?.reason}>{t(`operations.name.${one}`)}</Tooltip>,
  }));
  if (items.length === 0) return null;
  const go = (operation: Operation, wish: Wish): void =>
    operate.mutate(
      { operation, wish },
      {
        onSuccess: () => {
          setChosen(null);
          void message.success(t("operations.done"));
          if (operation !== "remind" && operation !== "copy") onDone();
        },
        onError: (error) => void message.warning(error.message),
      },
    );
  return (
    <>
      <Dropdown trigger={["click"]} menu={{ items, onClick: ({ key }) => setChosen(key as Operation) }}>
        <Button>{t("operations.more")}</Button>
      </Dropdown>
      {chosen !== null && (
        <OperationDialog
          operation={chosen}
          destinations={options.data?.destinations ?? []}
          instance={task.instance}
          definition={task.definition}
          busy={operate.isPending}
          onCancel={() => setChosen(null)}
          onGo={(wish) => go(chosen, wish)}
        />
      )}
    </>
  );
}
