// The firm's own lists and the statements of its bank: bring a file in, and what came in so far.
import { App, Button, Table, Tag } from "antd";
import { useRef } from "react";
import { Link, useNavigate } from "react-router";

import { type ImportHead, useImportKinds, useImports, useOpenImport } from "../../api/imports";
import { Loaded } from "../../parts/Loaded";
import { UploadOutlined } from "../../parts/icons";
import { useFault } from "../../parts/useFault";
import { useWords } from "../../parts/useWords";
import { mayAny, useMe } from "../../shell/me";
import { Statements } from "./Statements";
import "./imports.css";

export default function Imports() {
  const { t } = useWords();
  const imports = useImports();
  const me = useMe();
  return (
    <main className="page">
      <div className="spread">
        <h1>{t("imports.title")}</h1>
        <BringList />
      </div>
      <p className="lead">{t("imports.lead")}</p>
      <Loaded query={imports} empty={{ when: (data) => data.items.length === 0, say: t("imports.none") }}>
        {(data) => <Heads items={data.items} />}
      </Loaded>
      {me.data !== undefined && mayAny(me.data, ["start"]) && <Statements />}
    </main>
  );
}

function BringList() {
  const { t } = useWords();
  const { message } = App.useApp();
  const fault = useFault();
  const navigate = useNavigate();
  const open = useOpenImport();
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        type="primary"
        icon={<UploadOutlined />}
        loading={open.isPending}
        onClick={() => field.current?.click()}
      >
        {t("imports.bring")}
      </Button>
      <input
        ref={field}
        type="file"
        hidden
        accept=".xlsx,.xls,.csv"
        aria-label={t("imports.file")}
        onChange={({ target }) => {
          const file = target.files?.[0];
          target.value = "";
          if (file !== undefined)
            open.mutate(file, {
              onSuccess: (made) => void navigate(`/imports/${made.import_no}`),
              onError: (error) => void message.warning(fault(error)),
            });
        }}
      />
    </>
  );
}

function Heads({ items }: { items: ImportHead[] }) {
  const { t, said, number, moment } = useWords();
  const kinds = useImportKinds();
  const titleOf = (name: string): string =>
    said(kinds.data?.items.find((one) => one.name === name)?.title ?? name);
  return (
    <Table<ImportHead>
      aria-label={t("imports.title")}
      rowKey="import_no"
      size="small"
      pagination={false}
      scroll={{ x: 720 }}
      dataSource={items}
      columns={[
        {
          title: t("imports.file"),
          render: (_, one) => <Link to={`/imports/${one.import_no}`}>{one.file}</Link>,
        },
        { title: t("imports.kind"), render: (_, one) => titleOf(one.kind) },
        {
          title: t("imports.state"),
          render: (_, one) => <Tag>{t(`imports.status.${one.status}`)}</Tag>,
        },
        {
          title: t("imports.counts.rows"),
          align: "right",
          render: (_, one) => number(one.counts.rows),
        },
        { title: t("imports.by"), dataIndex: "by" },
        { title: t("imports.at"), render: (_, one) => moment(one.created_at) },
      ]}
    />
  );
}
