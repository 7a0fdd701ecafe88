// A new version: what may be changed here, compared on judged cases, then released in shadow.
import { Alert, App, Button, Drawer, Form, Input, InputNumber, Select } from "antd";
import { useState } from "react";

import {
  type Compared,
  type Definition,
  type Employee,
  useEvaluate,
  useNextVersion,
  useRelease,
} from "../../api/employees";
import { Loaded } from "../../parts/Loaded";
import { useWords } from "../../parts/useWords";
import { changed, type Given, given } from "./version";

const GRADES = ["A1", "A2", "A3", "A4", "A5"];

export function VersionForm({ employee, onClose }: { employee: Employee; onClose: () => void }) {
  const { t, said } = useWords();
  const next = useNextVersion(employee.id);
  return (
    <Drawer open size={560} title={`${said(employee.title)}: ${t("team.release.edit")}`} onClose={onClose}>
      <Loaded query={next}>
        {(definition) => <Fields employee={employee} definition={definition} onClose={onClose} />}
      </Loaded>
    </Drawer>
  );
}

interface Props {
  employee: Employee;
  definition: Definition;
  onClose: () => void;
}

function Fields({ employee, definition, onClose }: Props) {
  const { t, said } = useWords();
  const { message } = App.useApp();
  const [form] = Form.useForm<Given>();
  const evaluate = useEvaluate(employee.id);
  const release = useRelease(employee.id);
  const [reason, setReason] = useState("");
  const names = new Map(employee.duties.map((one) => [one.activity, said(one.name)]));
  const reviewed = new Set(
    employee.duties.filter((one) => one.reviewed_by !== null).map((one) => one.activity),
  );
  const made = (): Definition => changed(definition, form.getFieldsValue(true) as Given);
  const toShadow = (): void =>
    release.mutate(
      { definition: made(), stage: "shadow", share: 1, reason },
      {
        onSuccess: () => {
          void message.success(t("team.release.released", { stage: t("team.release.stage.shadow") }));
          onClose();
        },
      },
    );
  const error = release.error ?? evaluate.error;
  return (
    <Form<Given> form={form} layout="vertical" initialValues={given(definition)} onFinish={toShadow}>
      <p className="quiet">{t("team.release.form.title", { version: definition.version })}</p>
      <Form.Item name="titleEn" label={t("team.release.form.titleEn")} rules={[{ required: true }]}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="titleZh" label={t("team.release.form.titleZh")} rules={[{ required: true }]}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="instructions" label={t("team.release.form.instructions")} rules={[{ required: true }]}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} />
      </Form.Item>
      <Form.Item name="authority" label={t("team.release.form.authority")}>
        <Select options={GRADES.map((value) => ({ value, label: value }))} />
      </Form.Item>
      <Form.Item name="auditShare" label={t("team.release.form.auditShare")}>
        <InputNumber min={0.1} max={100} suffix="%" />
      </Form.Item>
      <Form.Item name="budget" label={t("team.release.form.budget")}>
        <InputNumber min={0} precision={0} />
      </Form.Item>
      {Object.keys(definition.duties)
        .filter((activity) => reviewed.has(activity))
        .map((activity) => (
          <fieldset key={activity} className="duty">
            <legend>{names.get(activity) ?? activity}</legend>
            <Form.Item name={["aloneFrom", activity]} label={t("team.release.form.aloneFrom")}>
              <InputNumber min={0} max={1} step={0.05} />
            </Form.Item>
            <Form.Item
              name={["target", activity]}
              label={t("team.release.form.target")}
              extra={t("team.release.form.targetHow")}
            >
              <InputNumber min={0.1} max={50} step={0.5} suffix="%" />
            </Form.Item>
          </fieldset>
        ))}
      <Form.Item label={t("team.release.reason")} htmlFor="reason">
        <Input
          id="reason"
          value={reason}
          maxLength={1000}
          onChange={(event) => setReason(event.target.value)}
        />
      </Form.Item>
      {evaluate.data !== undefined && <Comparison compared={evaluate.data} />}
      {error !== null && <Alert type="warning" showIcon title={error.message} />}
      <div className="row decide">
        <Button loading={evaluate.isPending} onClick={() => evaluate.mutate(made())}>
          {t("team.release.compare")}
        </Button>
        <Button type="primary" htmlType="submit" loading={release.isPending}>
          {t("team.release.toShadow")}
        </Button>
      </div>
    </Form>
  );
}

function Comparison({ compared }: { compared: Compared }) {
  const { t } = useWords();
  if (compared.cases === 0) return <p className="quiet">{t("team.release.noCases")}</p>;
  const told = [
    t("team.release.compared", {
      cases: compared.cases,
      candidate: compared.candidate_right,
      values: compared.values,
      live: compared.live_right,
    }),
    t("team.release.unseen", { candidate: compared.candidate_unseen, live: compared.live_unseen }),
    compared.failed > 0 ? t("team.release.failed", { count: compared.failed }) : "",
    compared.loses ? t("team.release.loses") : "",
  ];
  return (
    <Alert
      type={compared.loses ? "warning" : "info"}
      showIcon
      title={told.filter((one) => one !== "").join(" ")}
    />
  );
}
