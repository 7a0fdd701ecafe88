// Statements of the bank: taking one in, what it brought, and those of before.
import { Alert, Button, Table } from "antd";
import { useRef } from "react";
import { Link } from "react-router";

import { type StatementHead, type TakenIn, useStatements, useTakeStatement } from "../../api/statements";
import { Loaded } from "../../parts/Loaded";
import { UploadOutlined } from "../../parts/icons";
import { useFault } from "../../parts/useFault";
import { useWords } from "../../parts/useWords";

export function Statements() {
  const { t } = useWords();
  const fault = useFault();
  const take = useTakeStatement();
  const statements = useStatements();
  const field = useRef<HTMLInputElement>(null);
  return (
    <section className="statements" aria-label={t("imports.bank.title")}>
      <div className="spread">
        <h2>{t("imports.bank.title")}</h2>
        <Button icon={<UploadOutlined />} loading={take.isPending} onClick={() => field.current?.click()}>
          {t("imports.bank.bring")}
        </Button>
      </div>
      <p className="quiet">{t("imports.bank.lead")}</p>
      <input
        ref={field}
        type="file"
        hidden
        aria-label={t("imports.bank.file")}
        onChange={({ target }) => {
          const file = target.files?.[0];
          target.value = "";
          if (file !== undefined) take.mutate(file);
        }}
      />
      {take.error !== null && <Alert type="error" showIcon title={fault(take.error)} />}
      {take.data?.map((one) => (
        <Brought key={one.statement} taken={one} />
      ))}
      <Loaded
        query={statements}
        empty={{ when: (data) => data.items.length === 0, say: t("imports.bank.none") }}
      >
        {(data) => <Heads items={data.items} />}
      </Loaded>
    </section>
  );
}

function Brought({ taken }: { taken: TakenIn }) {
  const { t, number } = useWords();
  const counts = { fresh: number(taken.payment_nos.length), known: number(taken.known) };
  return (
    <Alert
      type={taken.gap === null ? "success" : "warning"}
      showIcon
      title={t("imports.bank.brought", counts)}
      description={taken.gap === null ? undefined : t("imports.bank.gap", { amount: taken.gap })}
      action={
        taken.instance === null ? undefined : (
          <Link to={`/cases/${taken.instance}`}>{t("imports.bank.case")}</Link>
        )
      }
    />
  );
}

function Heads({ items }: { items: StatementHead[] }) {
  const { t, number, day, money } = useWords();
  return (
    <Table<StatementHead>
      aria-label={t("imports.bank.title")}
      rowKey="statement"
      size="small"
      pagination={false}
      scroll={{ x: 720 }}
      dataSource={items}
      columns={[
        { title: t("imports.bank.account"), dataIndex: "account" },
        { title: t("imports.file"), dataIndex: "file" },
        {
          title: t("imports.bank.days"),
          render: (_, one) =>
            [one.first_day, one.last_day]
              .filter((at) => at !== null)
              .map(day)
              .join(" – "),
        },
        { title: t("imports.bank.entries"), align: "right", render: (_, one) => number(one.entries) },
        {
          title: t("imports.bank.closing"),
          align: "right",
          render: (_, one) => (one.closing === null ? "–" : money(one.closing, one.currency)),
        },
      ]}
    />
  );
}
