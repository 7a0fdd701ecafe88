// One import: what the columns are taken for, what it would do, every row with a problem; import, undo, file back.
import { Alert, App, Button, Checkbox, Popconfirm, Select, Table, Tag } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";

import {
  type Choices,
  type Import,
  type ImportKind,
  useImportKinds,
  useLook,
  useRunImport,
  useUndoImport,
} from "../../api/imports";
import { Loaded } from "../../parts/Loaded";
import { ArrowLeftOutlined, DownloadOutlined } from "../../parts/icons";
import { useFault } from "../../parts/useFault";
import { usePages } from "../../parts/usePages";
import { useWords } from "../../parts/useWords";
import { Columns } from "./Columns";
import "./imports.css";

const COUNTS = ["rows", "new", "changed", "same", "problem_rows"] as const;
const GUESSED: Choices = { kind: null, columns: {}, currency: null, days: null, leave_out: false };
const DAYS = ["ymd", "dmy", "mdy"] as const;

export default function ImportPage() {
  const { number = "" } = useParams();
  return <OneImport key={number} number={number} />;
}

function OneImport({ number }: { number: string }) {
  const { t } = useWords();
  const [choices, setChoices] = useState<Choices>(GUESSED);
  const look = useLook(number, choices);
  const kinds = useImportKinds();
  return (
    <main className="page import-page">
      <Link to="/imports" className="small">
        <ArrowLeftOutlined /> {t("imports.back")}
      </Link>
      <Loaded query={look}>
        {(made) => (
          <Loaded query={kinds}>
            {({ items }) => (
              <Shown
                made={made}
                kinds={items}
                choices={choices}
                onChoices={setChoices}
                busy={look.isPlaceholderData}
              />
            )}
          </Loaded>
        )}
      </Loaded>
    </main>
  );
}

interface Props {
  made: Import;
  kinds: ImportKind[];
  choices: Choices;
  onChoices: (choices: Choices) => void;
  busy: boolean;
}

function Shown({ made, kinds, choices, onChoices, busy }: Props) {
  const { t, said, number, language } = useWords();
  const draft = made.status === "draft";
  const roles = kinds.find((one) => one.name === made.kind)?.roles ?? [];
  const named = (names: string): string =>
    names
      .split(" / ")
      .map((name) => said(roles.find((role) => role.name === name)?.title ?? name))
      .join(" / ");
  return (
    <>
      <header className="spread import-head">
        <div>
          <h1>{made.file}</h1>
          <div className="row quiet">
            <Tag>{t(`imports.status.${made.status}`)}</Tag>
            <span>{made.sheet}</span>
            <span>{made.currency}</span>
          </div>
        </div>
        <Acts made={made} choices={choices} busy={busy} />
      </header>
      <div className="row import-choices">
        <Select
          aria-label={t("imports.kind")}
          value={made.kind}
          disabled={!draft}
          options={kinds.map((one) => ({ value: one.name, label: said(one.title) }))}
          onChange={(kind) => onChoices({ ...choices, kind, columns: {} })}
        />
        {made.unsure.length > 0 && (
          <Select
            aria-label={t("imports.days")}
            placeholder={t("imports.days")}
            value={choices.days}
            disabled={!draft}
            options={DAYS.map((value) => ({ value, label: t(`imports.day.${value}`) }))}
            onChange={(days) => onChoices({ ...choices, days })}
          />
        )}
        {made.counts.problem_rows > 0 && draft && (
          <Checkbox
            checked={choices.leave_out}
            onChange={({ target }) => onChoices({ ...choices, leave_out: target.checked })}
          >
            {t("imports.leaveOut")}
          </Checkbox>
        )}
      </div>
      {made.missing.length > 0 && (
        <Alert
          showIcon
          type="warning"
          title={t("imports.missing", {
            names: made.missing.map(named).join(language === "zh" ? "、" : ", "),
          })}
        />
      )}
      {made.unsure.length > 0 && choices.days === null && draft && (
        <Alert showIcon type="info" title={t("imports.unsure", { names: made.unsure.join(", ") })} />
      )}
      <dl className="import-counts panel" aria-label={t("imports.would")}>
        {COUNTS.map((name) => (
          <div key={name}>
            <dt>{t(`imports.counts.${name}`)}</dt>
            <dd className="figure">{number(made.counts[name])}</dd>
          </div>
        ))}
      </dl>
      <Problems made={made} />
      <h2>{t("imports.columns")}</h2>
      <Columns
        made={made}
        roles={roles}
        corrected={choices.columns}
        onCorrect={(heading, role) =>
          onChoices({ ...choices, columns: { ...choices.columns, [heading]: role } })
        }
      />
    </>
  );
}

function Acts({ made, choices, busy }: { made: Import; choices: Choices; busy: boolean }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const fault = useFault();
  const run = useRunImport(made.import_no);
  const undo = useUndoImport(made.import_no);
  const told = (words: string) => ({
    onSuccess: () => void message.success(words),
    onError: (error: unknown) => void message.warning(fault(error)),
  });
  if (made.status === "draft")
    return (
      <Button
        type="primary"
        loading={run.isPending || busy}
        disabled={made.missing.length > 0 || (made.counts.problem_rows > 0 && !choices.leave_out)}
        onClick={() => run.mutate(choices, told(t("imports.done")))}
      >
        {t("imports.run")}
      </Button>
    );
  if (made.status !== "done") return null;
  return (
    <div className="row">
      <Button icon={<DownloadOutlined />} href={`/api/v1/imports/${made.import_no}/back`}>
        {t("imports.fileBack")}
      </Button>
      <Popconfirm
        title={t("imports.undoSure")}
        onConfirm={() => undo.mutate(undefined, told(t("imports.undone")))}
      >
        <Button loading={undo.isPending}>{t("imports.undo")}</Button>
      </Popconfirm>
    </div>
  );
}

function Problems({ made }: { made: Import }) {
  const pages = usePages();
  const { t, number } = useWords();
  if (made.problems.length === 0 || made.status !== "draft") return null;
  return (
    <>
      <h2>{t("imports.problems")}</h2>
      <Table
        aria-label={t("imports.problems")}
        rowKey={(one) => `${one.line}/${one.column}/${one.message}`}
        size="small"
        pagination={{ ...pages, pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        scroll={{ x: 600 }}
        dataSource={made.problems}
        columns={[
          { title: t("imports.line"), width: 80, align: "right", render: (_, one) => number(one.line) },
          { title: t("imports.column"), dataIndex: "column" },
          { title: t("imports.value"), dataIndex: "value" },
          { title: t("imports.why"), dataIndex: "message" },
        ]}
      />
    </>
  );
}
