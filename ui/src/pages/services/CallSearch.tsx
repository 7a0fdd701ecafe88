// Calls through the gateway, searched by service, operation, who, process and outcome, the newest first.
import { Button, Input, Select } from "antd";
import { useState } from "react";

import { type CallFilter, type Outcome, useServiceCalls } from "../../api/services";
import { ClearIcon } from "../../parts/ClearIcon";
import { Trouble } from "../../parts/Trouble";
import { useWords } from "../../parts/useWords";
import { OnItsWay } from "../../plain/controls";
import { CallTable } from "./CallTable";

const WORDS = ["service", "operation", "actor", "process"] as const;
const OUTCOMES: readonly Outcome[] = ["ok", "denied", "confirmation", "error"];

export function CallSearch() {
  const { t } = useWords();
  const [filter, setFilter] = useState<CallFilter>({});
  const calls = useServiceCalls(filter);
  const change = (name: keyof CallFilter, value: string): void => {
    const rest = Object.fromEntries(Object.entries(filter).filter(([key]) => key !== name));
    setFilter(value === "" ? rest : { ...rest, [name]: value });
  };
  return (
    <>
      <div className="row call-filters">
        {WORDS.map((name) => (
          <Input.Search
            key={name}
            allowClear={{ clearIcon: <ClearIcon /> }}
            className="call-filter"
            aria-label={t(`services.filter.${name}`)}
            placeholder={t(`services.filter.${name}`)}
            onSearch={(value) => change(name, value.trim())}
          />
        ))}
        <Select
          aria-label={t("services.outcome")}
          className="call-filter"
          value={filter.outcome ?? ""}
          onChange={(value) => change("outcome", value)}
          options={[
            { value: "", label: t("services.anyOutcome") },
            ...OUTCOMES.map((value) => ({ value, label: t(`services.outcomes.${value}`) })),
          ]}
        />
      </div>
      {calls.error !== null && <Trouble error={calls.error} onRetry={() => void calls.refetch()} />}
      {calls.isPending && <OnItsWay label={t("app.loading")} />}
      {calls.data !== undefined && <CallTable calls={calls.data.pages.flatMap((page) => page.items)} />}
      {calls.hasNextPage && (
        <Button
          className="older"
          loading={calls.isFetchingNextPage}
          onClick={() => void calls.fetchNextPage()}
        >
          {t("services.more")}
        </Button>
      )}
    </>
  );
}
