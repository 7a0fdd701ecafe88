// What stands on every paper, filled in as fields and seen on a made-up paper before it is in force.
import { App, Button, ColorPicker, Form, Input, Select } from "antd";
import { useEffect, useState } from "react";
import { Link } from "react-router";

import {
  type Kind,
  KINDS,
  LANGUAGES,
  type PaperLanguage,
  type Template,
  usePreview,
  usePutTemplate,
  useTemplate,
} from "../../api/papers";
import { Loaded } from "../../parts/Loaded";
import { useFault } from "../../parts/useFault";
import { useWords } from "../../parts/useWords";
import { mayAny, useMe } from "../../shell/me";

const SELLER = [
  "name",
  "street",
  "postcode",
  "city",
  "country",
  "tax_id",
  "registration",
  "phone",
  "email",
  "bank",
  "iban",
  "bic",
] as const;
const COLUMNS = ["sku", "unit", "tax_rate"] as const;

export function Letterhead() {
  const { t } = useWords();
  const template = useTemplate();
  const me = useMe();
  return (
    <section aria-label={t("papers.template")}>
      <h2>{t("papers.template")}</h2>
      <p className="quiet">{t("papers.templateLead")}</p>
      {me.data !== undefined && mayAny(me.data, ["manage_people"]) && (
        <p>
          <Link to="/setup/company">{t("papers.logo")}</Link>
        </p>
      )}
      <Loaded query={template}>{({ text, values }) => <Editor key={text} values={values} />}</Loaded>
    </section>
  );
}

function Editor({ values }: { values: Template }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const fault = useFault();
  const put = usePutTemplate();
  const preview = usePreview();
  const [form] = Form.useForm<Template>();
  const [kind, setKind] = useState<Kind>("invoice");
  const [language, setLanguage] = useState<PaperLanguage>("both");
  const [seen, setSeen] = useState<string | null>(null);
  useEffect(() => () => (seen === null ? undefined : URL.revokeObjectURL(seen)), [seen]);
  const said = (): Template => ({ ...values, ...(form.getFieldsValue(true) as Template) });
  const told = (error: unknown): void => void message.warning(fault(error));
  const look = (): void =>
    preview.mutate({ values: said(), kind, language }, { onSuccess: setSeen, onError: told });
  return (
    <div className="letterhead">
      <Form
        form={form}
        layout="vertical"
        className="panel letterhead-fields"
        initialValues={values}
        onFinish={() =>
          put.mutate(said(), { onSuccess: () => void message.success(t("papers.done")), onError: told })
        }
      >
        {SELLER.map((name) => (
          <Form.Item key={name} name={["seller", name]} label={t(`papers.seller.${name}`)}>
            <Input maxLength={name === "country" ? 2 : 300} />
          </Form.Item>
        ))}
        <Form.Item name="colour" label={t("papers.colour")} getValueFromEvent={hexOf}>
          <ColorPicker disabledAlpha showText format="hex" />
        </Form.Item>
        <Form.Item name="hide" label={t("papers.hide")}>
          <Select
            mode="multiple"
            options={COLUMNS.map((value) => ({ value, label: t(`papers.columns.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name={["foot", "en"]} label={t("papers.footEn")} className="wide">
          <Input.TextArea autoSize maxLength={2000} />
        </Form.Item>
        <Form.Item name={["foot", "zh"]} label={t("papers.footZh")} className="wide">
          <Input.TextArea autoSize maxLength={2000} />
        </Form.Item>
        <Form.Item name={["notes", kind, "en"]} label={t("papers.noteEn")} className="wide">
          <Input.TextArea autoSize maxLength={2000} />
        </Form.Item>
        <Form.Item name={["notes", kind, "zh"]} label={t("papers.noteZh")} className="wide">
          <Input.TextArea autoSize maxLength={2000} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={put.isPending}>
          {t("papers.put")}
        </Button>
      </Form>
      <div className="panel letterhead-seen">
        <div className="row">
          <Select
            aria-label={t("papers.kind")}
            value={kind}
            options={KINDS.map((value) => ({ value, label: t(`papers.kinds.${value}`) }))}
            onChange={setKind}
          />
          <Select
            aria-label={t("papers.language")}
            value={language}
            options={LANGUAGES.map((value) => ({ value, label: t(`papers.languages.${value}`) }))}
            onChange={setLanguage}
          />
          <Button loading={preview.isPending} onClick={look}>
            {t("papers.preview")}
          </Button>
        </div>
        {seen !== null && <img alt={t("papers.previewOf")} src={seen} />}
      </div>
    </div>
  );
}

/** RRGGBB of what the colour picker gives. */
function hexOf(colour: { toHex: () => string }): string {
  return colour.toHex().slice(0, 6).toUpperCase();
}
