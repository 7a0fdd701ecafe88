// Budgets: what each may spend in a month against what it did, and setting one.
import { App, Button, Form, Input, InputNumber, Progress, Select } from "antd";

import { type Budget, type NewBudget, useBudgets, useSetBudget } from "../../api/services";
import { Loaded } from "../../parts/Loaded";
import { useWords } from "../../parts/useWords";
import { mayAny, useMe } from "../../shell/me";

const SCOPES = ["company", "department", "process", "agent"] as const;
const UNITS = ["money", "tokens"] as const;
const MONTH = /^[2-9]\d{3}-(0[1-9]|1[0-2])$/;

export function Budgets() {
  const { t } = useWords();
  const me = useMe();
  const budgets = useBudgets();
  return (
    <>
      <Loaded
        query={budgets}
        empty={{ when: (data) => data.items.length === 0, say: t("services.budget.none") }}
      >
        {(data) => (
          <ul className="budgets">
            {data.items.map((one) => (
              <li key={`${one.scope}/${one.scope_id}/${one.period}/${one.unit}`} className="panel">
                <BudgetCard budget={one} currency={data.currency} />
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {me.data !== undefined && mayAny(me.data, ["manage_services"]) && <NewBudgetForm />}
    </>
  );
}

function BudgetCard({ budget, currency }: { budget: Budget; currency: string }) {
  const { t, number, money, share } = useWords();
  const amount = (value: number): string =>
    budget.unit === "money"
      ? money(value, currency)
      : `${number(value)} ${t("services.budget.units.tokens")}`;
  const used = budget.limit === 0 ? 1 : Math.min(1, (budget.spent + budget.reserved) / budget.limit);
  const parts: [string, number][] = [
    [t("services.budget.spent"), budget.spent],
    [t("services.budget.reserved"), budget.reserved],
    [t("services.budget.left"), budget.left],
    [t("services.budget.limit"), budget.limit],
  ];
  return (
    <>
      <div className="spread">
        <h2>
          {t(`services.budget.scopes.${budget.scope}`)}
          {budget.scope !== "company" && ` ${budget.scope_id}`}
        </h2>
        <span className="figure quiet">{budget.period}</span>
      </div>
      <Progress
        percent={Math.round(used * 100)}
        showInfo={false}
        strokeColor={used >= 1 ? undefined : "var(--waiting)"}
        status={used >= 1 ? "exception" : "normal"}
        aria-label={t("services.budget.used", { share: share(used) })}
      />
      <p className="small">
        {budget.left <= 0 ? t("services.budget.over") : t("services.budget.used", { share: share(used) })}
      </p>
      <dl className="budget-parts">
        {parts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="figure">{amount(value)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function NewBudgetForm() {
  const { t } = useWords();
  const { message } = App.useApp();
  const [form] = Form.useForm<NewBudget>();
  const save = useSetBudget();
  const scope = Form.useWatch("scope", form);
  const send = (given: NewBudget): void =>
    save.mutate(
      { ...given, scope_id: given.scope === "company" ? "company" : given.scope_id },
      {
        onSuccess: () => void message.success(t("services.budget.saved")),
        onError: (error) => void message.warning(error.message),
      },
    );
  const label = (name: string): string => t(`services.budget.${name}`);
  return (
    <section className="panel new-budget">
      <h2>{label("add")}</h2>
      <Form<NewBudget>
        form={form}
        layout="vertical"
        onFinish={send}
        initialValues={{ scope: "company", unit: "money", period: new Date().toISOString().slice(0, 7) }}
      >
        <Form.Item name="scope" label={label("scope")}>
          <Select options={SCOPES.map((value) => ({ value, label: label(`scopes.${value}`) }))} />
        </Form.Item>
        {scope !== "company" && (
          <Form.Item name="scope_id" label={label("id")} rules={[{ required: true }]}>
            <Input maxLength={200} />
          </Form.Item>
        )}
        <Form.Item name="period" label={label("period")} rules={[{ required: true, pattern: MONTH }]}>
          <Input maxLength={7} />
        </Form.Item>
        <Form.Item name="unit" label={label("unit")}>
          <Select options={UNITS.map((value) => ({ value, label: label(`units.${value}`) }))} />
        </Form.Item>
        <Form.Item name="limit" label={label("limit")} rules={[{ required: true }]}>
          <InputNumber controls={false} min={0} precision={2} style={{ width: "100%" }} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {label("save")}
        </Button>
      </Form>
    </section>
  );
}
