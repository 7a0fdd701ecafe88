// The company: name, language, usual currency and logo, as customers see it.
import { Alert, App, Button, Form, Input, Select } from "antd";
import { useState } from "react";

import { type Company, useCompany, useKeepCompany } from "../../api/setup";
import { Loaded } from "../../parts/Loaded";
import { useFault } from "../../parts/useFault";
import { useWords } from "../../parts/useWords";
import { mayAny, useMe } from "../../shell/me";

const CURRENCIES = ["CNY", "EUR", "USD", "GBP", "HKD", "JPY"];

export function CompanyStep() {
  const company = useCompany();
  return <Loaded query={company}>{(data) => <CompanyForm company={data.company} />}</Loaded>;
}

function CompanyForm({ company }: { company: Company }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const fault = useFault();
  const me = useMe();
  const keep = useKeepCompany();
  const [logo, setLogo] = useState(company.logo);
  const may = me.data !== undefined && mayAny(me.data, ["manage_people"]);
  const read = (file: File | undefined): void => {
    if (file === undefined) return;
    const reader = new FileReader();
    reader.onload = () => setLogo(typeof reader.result === "string" ? reader.result : "");
    reader.readAsDataURL(file);
  };
  const save = (given: Company): void =>
    keep.mutate(
      { ...given, logo },
      {
        onSuccess: () => void message.success(t("setup.company.kept")),
        onError: (error) => void message.warning(fault(error)),
      },
    );
  return (
    <Form<Company> layout="vertical" initialValues={company} onFinish={save} disabled={!may}>
      {!may && <Alert type="info" title={t("setup.readOnly")} />}
      <Form.Item name="name" label={t("setup.company.name")} rules={[{ required: true, max: 200 }]}>
        <Input />
      </Form.Item>
      <Form.Item name="language" label={t("setup.company.language")}>
        <Select
          options={[
            { value: "zh", label: "中文" },
            { value: "en", label: "English" },
          ]}
        />
      </Form.Item>
      <Form.Item name="currency" label={t("setup.company.currency")}>
        <Select options={CURRENCIES.map((value) => ({ value, label: value }))} />
      </Form.Item>
      <Form.Item label={t("setup.company.logo")} htmlFor="setup-logo">
        <input
          id="setup-logo"
          type="file"
          accept="image/png,image/jpeg"
          disabled={!may}
          onChange={({ target }) => read(target.files?.[0])}
        />
        <p className="quiet small">{t("setup.company.logoHow")}</p>
        {logo !== "" && (
          <Button size="small" onClick={() => setLogo("")}>
            {t("setup.company.noLogo")}
          </Button>
        )}
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={keep.isPending}>
        {t("setup.company.keep")}
      </Button>
    </Form>
  );
}
