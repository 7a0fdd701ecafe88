// The fields of a definition that most changes are about; what else stands in it goes along untouched.
import { Form, type FormInstance, Input, InputNumber, Select } from "antd";

import type { Definition, Employee } from "../../api/employees";
import { useWords } from "../../parts/useWords";
import { type Given, given } from "./version";

const GRADES = ["A1", "A2", "A3", "A4", "A5"];

interface Props {
  form: FormInstance<Given>;
  employee: Employee;
  definition: Definition;
}

export function VersionFields({ form, employee, definition }: Props) {
  const { t, said } = useWords();
  const names = new Map(employee.duties.map((one) => [one.activity, said(one.name)]));
  const reviewed = Object.entries(definition.duties).filter(([, duty]) => duty.review != null);
  return (
    <Form<Given> form={form} layout="vertical" initialValues={given(definition)}>
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
        <InputNumber controls={false} min={0.1} max={100} suffix="%" />
      </Form.Item>
      <Form.Item name="budget" label={t("team.release.form.budget")}>
        <InputNumber controls={false} min={0} precision={0} />
      </Form.Item>
      {reviewed.map(([activity]) => (
        <fieldset key={activity} className="duty">
          <legend>{names.get(activity) ?? activity}</legend>
          <Form.Item name={["aloneFrom", activity]} label={t("team.release.form.aloneFrom")}>
            <InputNumber controls={false} min={0} max={1} step={0.05} />
          </Form.Item>
          <Form.Item
            name={["target", activity]}
            label={t("team.release.form.target")}
            extra={t("team.release.form.targetHow")}
          >
            <InputNumber controls={false} min={0.1} max={50} step={0.5} suffix="%" />
          </Form.Item>
        </fieldset>
      ))}
    </Form>
  );
}
