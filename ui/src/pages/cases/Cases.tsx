// The table of cases with its filters, which stand in the address so that they can be shared.
import { Input, Select } from "antd";
import { useMemo } from "react";
import { useSearchParams } from "react-router";

import { useCases, useProcesses } from "../../api/hooks";
import { useWords } from "../../parts/useWords";
import { BringIn } from "./BringIn";
import { CaseTable } from "./CaseTable";

const STATES = ["active", "suspended", "completed", "terminated"] as const;
type State = (typeof STATES)[number];

export default function Cases() {
  const { t, said } = useWords();
  const [search, setSearch] = useSearchParams();
  const processes = useProcesses();
  const filter = {
    process_id: search.get("process") ?? undefined,
    state: STATES.find((one) => one === search.get("state")),
    words: search.get("key") ?? undefined,
  };
  const cases = useCases(filter);
  const names = useMemo(
    () => new Map((processes.data?.items ?? []).map((one) => [one.id, said(one.name)])),
    [processes.data, said],
  );
  const choose = (name: string, value: string | undefined): void => {
    const next = new URLSearchParams(search);
    if (value === undefined || value === "") next.delete(name);
    else next.set(name, value);
    setSearch(next, { replace: true });
  };
  return (
    <main className="page tall">
      <div className="spread">
        <h1>{t("cases.title")}</h1>
        <BringIn />
      </div>
      <p className="lead">{t("cases.lead")}</p>
      <div className="row" style={{ marginBottom: 12 }}>
        <Input.Search
          allowClear
          style={{ width: 240 }}
          placeholder={t("cases.number")}
          aria-label={t("cases.number")}
          defaultValue={filter.words}
          onSearch={(value) => choose("key", value.trim())}
        />
        <Select
          allowClear
          style={{ minWidth: 200 }}
          placeholder={t("cases.process")}
          aria-label={t("cases.process")}
          value={filter.process_id}
          options={[...names].map(([value, label]) => ({ value, label }))}
          onChange={(value: string | undefined) => choose("process", value)}
        />
        <Select
          allowClear
          style={{ minWidth: 140 }}
          placeholder={t("cases.state")}
          aria-label={t("cases.state")}
          value={filter.state}
          options={STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
          onChange={(value: State | undefined) => choose("state", value)}
        />
      </div>
      <CaseTable list={cases} nameOf={(id) => names.get(id) ?? id} />
    </main>
  );
}
