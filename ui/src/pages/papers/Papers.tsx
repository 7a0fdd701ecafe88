// The papers that the firm hands out: make one and download it, and the letterhead of all.
import { App, Button, Form, Input, Select } from "antd";

import {
  ELECTRONIC,
  FORMS,
  type Kind,
  KINDS,
  LANGUAGES,
  type PaperForm,
  type PaperLanguage,
  useFetchPaper,
} from "../../api/papers";
import { DownloadOutlined } from "../../parts/icons";
import { useFault } from "../../parts/useFault";
import { useWords } from "../../parts/useWords";
import { useMe } from "../../shell/me";
import { Parts } from "../tables/Parts";
import { Letterhead } from "./Letterhead";
import "./papers.css";

const BILLS: ReadonlySet<Kind> = new Set(["invoice", "credit_note"]);

export default function Papers() {
  const { t } = useWords();
  const me = useMe();
  return (
    <main className="page papers-page">
      <h1>{t("papers.title")}</h1>
      <p className="lead">{t("papers.lead")}</p>
      <Parts here="papers" />
      <Make />
      {me.data?.may["deploy"] === true && <Letterhead />}
    </main>
  );
}

interface Asked {
  kind: Kind;
  number: string;
  form: PaperForm;
  language: PaperLanguage | undefined;
}

function Make() {
  const { t } = useWords();
  const { message } = App.useApp();
  const fault = useFault();
  const fetched = useFetchPaper();
  const [form] = Form.useForm<Asked>();
  const kind = Form.useWatch("kind", form);
  const forms = FORMS.filter((one) => !ELECTRONIC.has(one) || BILLS.has(kind));
  return (
    <Form<Asked>
      form={form}
      layout="vertical"
      className="panel make-paper"
      aria-label={t("papers.make")}
      initialValues={{ kind: "quotation", form: "pdf" }}
      onFinish={(asked) =>
        fetched.mutate(
          { ...asked, number: asked.number.trim() },
          { onError: (error) => void message.warning(fault(error)) },
        )
      }
    >
      <Form.Item name="kind" label={t("papers.kind")}>
        <Select options={KINDS.map((value) => ({ value, label: t(`papers.kinds.${value}`) }))} />
      </Form.Item>
      <Form.Item
        name="number"
        label={t("papers.number")}
        extra={t("papers.numberHow")}
        rules={[{ required: true, whitespace: true, message: "" }]}
      >
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="language" label={t("papers.language")}>
        <Select
          allowClear={{ label: t("app.clear") }}
          placeholder={t("papers.customers")}
          options={LANGUAGES.map((value) => ({ value, label: t(`papers.languages.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="form" label={t("papers.form")}>
        <Select options={forms.map((value) => ({ value, label: t(`papers.forms.${value}`) }))} />
      </Form.Item>
      <Form.Item label=" " colon={false} className="make-button">
        <Button type="primary" htmlType="submit" icon={<DownloadOutlined />} loading={fetched.isPending}>
          {t("papers.download")}
        </Button>
      </Form.Item>
    </Form>
  );
}
