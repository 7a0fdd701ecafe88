// The record for auditors: the full population by source, with its count, its query and filters.
import { Button, Collapse, Input, Segmented, Table } from "antd";
import { useState } from "react";
import { Link } from "react-router";

import { type RecordFilter, type Source, useRecord } from "../../api/governance";
import { ClearIcon } from "../../parts/ClearIcon";
import { ActorMark, actorKind } from "../../parts/Actor";
import { Trouble } from "../../parts/Trouble";
import { useActors } from "../../parts/actors";
import { useWords } from "../../parts/useWords";
import { fieldOf, keyOf, type Row } from "./row";

const SOURCES: readonly Source[] = ["events", "calls", "approvals", "acts"];
const FILTERS: Record<Source, readonly (keyof RecordFilter)[]> = {
  events: ["actor_id"],
  calls: ["actor_id", "operation", "outcome"],
  approvals: ["actor_id", "operation"],
  acts: ["actor_id"],
};

export function AuditRecord() {
  const { t } = useWords();
  const [source, setSource] = useState<Source>("events");
  const [filter, setFilter] = useState<RecordFilter>({});
  return (
    <>
      <p className="quiet">{t("governance.record.lead")}</p>
      <div className="row filters">
        <Segmented<Source>
          aria-label={t("governance.record.sources")}
          value={source}
          options={SOURCES.map((value) => ({ value, label: t(`governance.record.source.${value}`) }))}
          onChange={(value) => {
            setSource(value);
            setFilter({});
          }}
        />
        {FILTERS[source].map((name) => (
          <Input.Search
            key={`${source}/${name}`}
            allowClear={{ clearIcon: <ClearIcon /> }}
            className="filter"
            aria-label={t(`governance.record.filter.${name}`)}
            placeholder={t(`governance.record.filter.${name}`)}
            onSearch={(value) => setFilter({ ...filter, [name]: value === "" ? undefined : value })}
          />
        ))}
      </div>
      <Rows source={source} filter={filter} />
    </>
  );
}

function Rows({ source, filter }: { source: Source; filter: RecordFilter }) {
  const { t, number, moment } = useWords();
  const named = useActors();
  const record = useRecord(source, filter);
  const rows = record.data?.pages.flatMap((page) => page.items) ?? [];
  const first = record.data?.pages[0];
  if (record.error !== null) return <Trouble error={record.error} onRetry={() => void record.refetch()} />;
  return (
    <>
      <p className="quiet figure">
        {first !== undefined && t("governance.record.count", { count: number(first.count) as never })}
      </p>
      <Table<Row>
        rowKey={keyOf}
        size="small"
        loading={record.isPending}
        pagination={false}
        scroll={{ x: 860, y: "52vh" }}
        virtual
        dataSource={rows}
        locale={{ emptyText: t("governance.record.none") }}
        columns={[
          {
            title: t("governance.record.position"),
            width: 90,
            render: (_, one) => number(Number(one["position"])),
          },
          { title: t("governance.record.at"), width: 170, render: (_, one) => moment(fieldOf(one, "at")) },
          {
            title: t("governance.record.who"),
            width: 190,
            render: (_, one) => (
              <span className="row">
                <ActorMark kind={actorKind(fieldOf(one, "actor_kind"))} />
                {named(fieldOf(one, "actor_id"))}
              </span>
            ),
          },
          {
            title: t("governance.record.what"),
            width: 280,
            render: (_, one) =>
              [
                fieldOf(one, "type", "operation", "act"),
                fieldOf(one, "step", "outcome", "element", "subject"),
              ]
                .filter((part) => part !== "")
                .join(" · "),
          },
          {
            title: t("governance.record.case"),
            width: 150,
            render: (_, one) => {
              const instance = fieldOf(one, "instance");
              return instance === "" ? "" : <Link to={`/cases/${instance}`}>{instance.slice(-8)}</Link>;
            },
          },
        ]}
      />
      {record.hasNextPage && (
        <Button
          className="more-rows"
          loading={record.isFetchingNextPage}
          onClick={() => void record.fetchNextPage()}
        >
          {t("governance.record.more")}
        </Button>
      )}
      {first !== undefined && (
        <Collapse
          ghost
          items={[
            {
              key: "query",
              label: t("governance.record.query"),
              children: <pre className="source">{first.query}</pre>,
            },
          ]}
        />
      )}
    </>
  );
}
