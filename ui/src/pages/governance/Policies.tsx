// The company's own policies: written, tried with their tests, put in force; below them those that ship.
import { Alert, App, Button, Collapse, Input, Table } from "antd";
import { useState } from "react";

import { ApiError, type Shapes } from "../../api/client";
import { usePolicies, usePutPolicies, useTryPolicies } from "../../api/governance";
import { Loaded } from "../../parts/Loaded";
import { useWords } from "../../parts/useWords";
import { useMe } from "../../shell/me";

type Rulebook = Shapes["Rulebook"];

export function Policies() {
  const policies = usePolicies();
  return <Loaded query={policies}>{(data) => <Page key={data.version} book={data} />}</Loaded>;
}

function Page({ book }: { book: Rulebook }) {
  const { t } = useWords();
  const me = useMe();
  const may = me.data?.may["manage_policies"] === true;
  return (
    <>
      <p className="quiet">{t("governance.policies.lead", { version: book.version })}</p>
      <Writing book={book} may={may} />
      <h2>{t("governance.policies.versions")}</h2>
      <Versions book={book} />
      <Collapse
        style={{ marginTop: 16 }}
        items={[
          {
            key: "shipped",
            label: t("governance.policies.shipped"),
            children: <pre className="source">{book.shipped}</pre>,
          },
        ]}
      />
    </>
  );
}

function Writing({ book, may }: { book: Rulebook; may: boolean }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const newest = [...book.own].sort((a, b) => b.number - a.number)[0];
  const [words, setWords] = useState({ text: newest?.text ?? "", tests: newest?.tests ?? "" });
  const [tried, setTried] = useState<typeof words | null>(null);
  const trying = useTryPolicies();
  const putting = usePutPolicies();
  const error = putting.error ?? trying.error;
  const change = (part: Partial<typeof words>): void => setWords({ ...words, ...part });
  return (
    <div className="panel writing">
      <label>
        {t("governance.policies.own")}
        <Input.TextArea
          className="code"
          rows={10}
          readOnly={!may}
          spellCheck={false}
          placeholder={t("governance.policies.example")}
          value={words.text}
          onChange={(event) => change({ text: event.target.value })}
        />
      </label>
      <label>
        {t("governance.policies.tests")}
        <Input.TextArea
          className="code"
          rows={5}
          readOnly={!may}
          spellCheck={false}
          value={words.tests}
          onChange={(event) => change({ tests: event.target.value })}
        />
      </label>
      {error !== null && (
        <Alert
          type="error"
          title={error.message}
          description={error instanceof ApiError ? error.fault.mend : undefined}
        />
      )}
      {tried === words && <Alert type="success" title={t("governance.policies.fine")} />}
      {may ? (
        <div className="row">
          <Button
            loading={trying.isPending}
            onClick={() => {
              setTried(null);
              putting.reset();
              trying.mutate(words, { onSuccess: () => setTried(words) });
            }}
          >
            {t("governance.policies.try")}
          </Button>
          <Button
            type="primary"
            disabled={tried !== words}
            loading={putting.isPending}
            onClick={() =>
              putting.mutate(words, {
                onSuccess: (made) =>
                  void message.success(t("governance.policies.saved", { number: made.number })),
              })
            }
          >
            {t("governance.policies.save")}
          </Button>
        </div>
      ) : (
        <p className="quiet">{t("governance.policies.readOnly")}</p>
      )}
    </div>
  );
}

function Versions({ book }: { book: Rulebook }) {
  const { t, moment } = useWords();
  if (book.own.length === 0) return <p className="quiet">{t("governance.policies.none")}</p>;
  return (
    <Table
      rowKey="number"
      size="small"
      pagination={false}
      scroll={{ x: 480 }}
      dataSource={[...book.own].sort((a, b) => b.number - a.number)}
      expandable={{ expandedRowRender: (one) => <pre className="source">{one.text}</pre> }}
      columns={[
        { title: t("governance.policies.number"), dataIndex: "number" },
        { title: t("governance.policies.at"), render: (_, one) => moment(one.at) },
        { title: t("governance.policies.by"), dataIndex: "by" },
        {
          title: t("governance.policies.digest"),
          render: (_, one) => <code>{one.digest.slice(0, 12)}</code>,
        },
      ]}
    />
  );
}
