// The table of cases with its filters, which stand in the address so that they can be shared.
import { Input, Select, Tag } from "antd";
import { useMemo, useState } from "react";
import { useSearchParams } from "react-router";

import { useCases, useModel, useProcesses } from "../../api/hooks";
import { namesOf } from "../../diagram/names";
import { ClearIcon } from "../../parts/ClearIcon";
import { useWords } from "../../parts/useWords";
import { useMe } from "../../shell/me";
import { Batch } from "./Batch";
import { BringIn } from "./BringIn";
import "./cases.css";
import { CaseTable } from "./CaseTable";
import { type Chosen, turned } from "./chosen";

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
    element: search.get("at") ?? undefined,
  };
  const cases = useCases(filter);
  const me = useMe();
  const mayCancel = me.data?.may["cancel"] === true;
  const [chosen, setChosen] = useState<Chosen>(new Map());
  const names = useMemo(
    () => new Map((processes.data?.items ?? []).map((one) => [one.id, said(one.name)])),
    [processes.data, said],
  );
  const choose = (name: string, value: string | undefined): void => {
    const next = new URLSearchParams(search);
    if (value === undefined || value === "") next.delete(name);
    else next.set(name, value);
    if (name === "process") next.delete("at");
    setChosen(new Map());
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
          allowClear={{ clearIcon: <ClearIcon /> }}
          style={{ width: 240 }}
          placeholder={t("cases.number")}
          aria-label={t("cases.number")}
          defaultValue={filter.words}
          onSearch={(value) => choose("key", value.trim())}
        />
        <Select
          allowClear={{ label: t("app.clear") }}
          style={{ minWidth: 200 }}
          placeholder={t("cases.process")}
          aria-label={t("cases.process")}
          value={filter.process_id}
          options={[...names].map(([value, label]) => ({ value, label }))}
          onChange={(value: string | undefined) => choose("process", value)}
        />
        <Select
          allowClear={{ label: t("app.clear") }}
          style={{ minWidth: 140 }}
          placeholder={t("cases.state")}
          aria-label={t("cases.state")}
          value={filter.state}
          options={STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
          onChange={(value: State | undefined) => choose("state", value)}
        />
        {filter.process_id !== undefined && filter.element !== undefined && (
          <StandingAt
            process={filter.process_id}
            element={filter.element}
            onClose={() => choose("at", undefined)}
          />
        )}
      </div>
      <Batch chosen={chosen} onChange={setChosen} filter={filter} total={cases.total} />
      <CaseTable
        list={cases}
        nameOf={(id) => names.get(id) ?? id}
        chosen={mayCancel ? chosen : undefined}
        onChoose={(one) => setChosen(turned(chosen, one))}
      />
    </main>
  );
}

/** Where the cases stand that are shown, by its name in the newest version of the process. */
function StandingAt(props: { process: string; element: string; onClose: () => void }) {
  const { t, said } = useWords();
  const processes = useProcesses();
  const versions = (processes.data?.items ?? []).filter((one) => one.id === props.process);
  const newest = versions.sort((a, b) => b.version - a.version)[0];
  const model = useModel(newest?.key);
  const names = useMemo(() => namesOf(model.data ?? ""), [model.data]);
  return (
    <Tag closable onClose={props.onClose}>
      {t("cases.standing", { element: said(names.get(props.element) ?? props.element) })}
    </Tag>
  );
}
