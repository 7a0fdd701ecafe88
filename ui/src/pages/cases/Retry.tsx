// A button that lets cases go on where they stopped, and says what became of each.
import { App, Button } from "antd";

import { type Stopped, useRetry } from "../../api/incidents";
import { useFault } from "../../parts/useFault";
import { useWords } from "../../parts/useWords";

export function Retry({ stopped, count }: { stopped: Stopped; count: number }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const fault = useFault();
  const retry = useRetry();
  const go = (): void =>
    retry.mutate(stopped, {
      onError: (error) => void message.error(fault(error)),
      onSuccess: ({ done, refused }) => {
        if (done > 0) void message.success(t("cases.retry.done", { count: done }));
        for (const why of refused) void message.warning(why);
      },
    });
  return (
    <Button size="small" loading={retry.isPending} onClick={go}>
      {t(count === 1 ? "cases.retry.one" : "cases.retry.all", { count })}
    </Button>
  );
}
