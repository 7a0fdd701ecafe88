// What can be done with many cases at once: cancel those that go on, delete those that have ended. Asked first, with
// how many it is and what is lost.
import { App, Button } from "antd";
import { useState } from "react";

import { type Operation, useBatch } from "../../api/batches";
import { type CaseFilter, everyCase } from "../../api/hooks";
import { useFault } from "../../parts/useFault";
import { useWords } from "../../parts/useWords";
import { type Chosen, kinds, MOST } from "./chosen";

interface Props {
  chosen: Chosen;
  onChange: (chosen: Chosen) => void;
  filter: CaseFilter;
  /** How many cases fit the filter; undefined until the server has said. */
  total: number | undefined;
}

export function Batch({ chosen, onChange, filter, total = 0 }: Props) {
  const { t, number } = useWords();
  const { message } = App.useApp();
  const fault = useFault();
  const [looking, setLooking] = useState(false);
  if (chosen.size === 0) return null;
  const { going, ended } = kinds(chosen);
  const all = async (): Promise<void> => {
    setLooking(true);
    try {
      onChange(new Map((await everyCase(filter, total)).map((one) => [one.key, one.state])));
    } catch (error) {
      void message.error(fault(error));
    }
    setLooking(false);
  };
  return (
    <section className="panel row chosen-cases" aria-label={t("cases.batch.title")}>
      <strong>{t("cases.batch.chosen", { count: chosen.size, shown: number(chosen.size) })}</strong>
      <Act operation="cancel" keys={going} onDone={() => onChange(new Map())} />
      <Act operation="delete" keys={ended} onDone={() => onChange(new Map())} />
      {chosen.size < total && (
        <Button
          type="link"
          loading={looking}
          disabled={total > MOST}
          title={total > MOST ? t("cases.batch.many", { most: number(MOST) }) : undefined}
          onClick={() => void all()}
        >
          {t("cases.batch.all", { count: total, shown: number(total) })}
        </Button>
      )}
      <Button type="link" onClick={() => onChange(new Map())}>
        {t("cases.batch.none")}
      </Button>
    </section>
  );
}

interface ActProps {
  operation: Operation;
  keys: string[];
  onDone: () => void;
}

function Act({ operation, keys, onDone }: ActProps) {
  const { t, number } = useWords();
  const { message, modal } = App.useApp();
  const fault = useFault();
  const batch = useBatch();
  if (keys.length === 0) return null;
  const count = { count: keys.length, shown: number(keys.length) };
  const go = (): Promise<void> =>
    batch.mutateAsync({ operation, keys }).then(
      ({ done, refused }) => {
        if (done > 0)
          void message.success(t(`cases.batch.${operation}Done`, { count: done, shown: number(done) }));
        for (const why of refused) void message.warning(why);
        onDone();
      },
      (error: unknown) => void message.error(fault(error)),
    );
  const ask = (): void =>
    void modal.confirm({
      title: t(`cases.batch.${operation}Sure`, count),
      content: (
        <ul className="lost">
          {(["first", "second", "third"] as const).map((place) => (
            <li key={place}>{t(`cases.batch.${operation}Lost.${place}`)}</li>
          ))}
        </ul>
      ),
      okText: t(`cases.batch.${operation}`, count),
      okButtonProps: { danger: true },
      cancelText: t("cases.batch.keep"),
      focusable: { autoFocusButton: "cancel" },
      onOk: go,
    });
  return (
    <Button danger loading={batch.isPending} onClick={ask}>
      {t(`cases.batch.${operation}`, count)}
    </Button>
  );
}
