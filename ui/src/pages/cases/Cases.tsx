// The table of cases with its filters, which stand in the address so that they can be shared.
import { Button, Input, Select, Table, Tag } from "antd";
import { useMemo } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";

import type { Shapes } from "../../api/client";
import { useCases, useProcesses } from "../../api/hooks";
import { Trouble } from "../../parts/Trouble";
import { useWords } from "../../parts/useWords";
import { StateTag } from "./StateTag";

type Instance = Shapes["InstanceShape"];
const STATES = ["active", "suspended", "completed", "terminated"];

export default function Cases() {
  const { t, said, moment, span } = useWords();
  const [search, setSearch] = useSearchParams();
  const navigate = useNavigate();
  const processes = useProcesses();
  const filter = {
    process_id: search.get("process") ?? undefined,
    state: search.get("state") ?? undefined,
    business_key: search.get("key") ?? undefined,
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
  if (cases.error !== null) return <Trouble error={cases.error} onRetry={() => void cases.refetch()} />;
  return (
    <main className="page">
      <h1>{t("cases.title")}</h1>
      <p className="lead">{t("cases.lead")}</p>
      <div className="row" style={{ marginBottom: 12 }}>
        <Input.Search
          allowClear
          style={{ width: 240 }}
          placeholder={t("cases.number")}
          aria-label={t("cases.number")}
          defaultValue={filter.business_key}
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
          onChange={(value: string | undefined) => choose("state", value)}
        />
      </div>
      <Table<Instance>
        virtual
        size="middle"
        scroll={{ x: 820, y: 560 }}
        rowKey="key"
        loading={cases.isLoading}
        dataSource={cases.data?.pages.flatMap((page) => page.items) ?? []}
        pagination={false}
        locale={{ emptyText: t("cases.none") }}
        onRow={(one) => ({ onDoubleClick: () => void navigate(`/cases/${one.key}`) })}
        columns={[
          {
            title: t("cases.key"),
            width: 200,
            render: (_, one) => <Link to={`/cases/${one.key}`}>{one.business_key ?? one.key}</Link>,
          },
          {
            title: t("cases.process"),
            width: 220,
            render: (_, one) => (
              <span>
                {names.get(one.process_id) ?? one.process_id} <Tag>v{one.version}</Tag>
              </span>
            ),
          },
          { title: t("cases.state"), width: 120, render: (_, one) => <StateTag state={one.state} /> },
          { title: t("cases.started"), width: 180, render: (_, one) => moment(one.started_at) },
          {
            title: t("cases.took"),
            width: 120,
            render: (_, one) =>
              one.ended_at === null
                ? "–"
                : span((new Date(one.ended_at).getTime() - new Date(one.started_at).getTime()) / 1000),
          },
        ]}
      />
      {cases.hasNextPage && (
        <Button
          style={{ marginTop: 12 }}
          loading={cases.isFetchingNextPage}
          onClick={() => void cases.fetchNextPage()}
        >
          {t("cases.more")}
        </Button>
      )}
    </main>
  );
}
