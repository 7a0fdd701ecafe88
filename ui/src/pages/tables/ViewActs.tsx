// Keep what is seen as a view, drop a view, make a form.
import { App, Button, Form, Input, Modal, Select } from "antd";
import { useState } from "react";

import {
  type Condition,
  type Order,
  type TableHead,
  useDropView,
  useKeepView,
  type View,
} from "../../api/tables";
import { useFault } from "../../parts/useFault";
import { useWords } from "../../parts/useWords";

interface Props {
  head: TableHead;
  look: { where: Condition[]; order: Order | null };
  view: View | undefined;
  changed: boolean;
  onKept: (name: string) => void;
}

export function ViewActs({ head, look, view, changed, onKept }: Props) {
  const { t } = useWords();
  const [asked, setAsked] = useState<"view" | "form" | null>(null);
  const drop = useDropView(head.sheet);
  const some = changed && (look.where.length > 0 || look.order !== null);
  return (
    <>
      {some && <Button onClick={() => setAsked("view")}>{t("tables.keepView")}</Button>}
      {view !== undefined && !changed && (
        <Button
          loading={drop.isPending}
          onClick={() => drop.mutate(view.name, { onSuccess: () => onKept("") })}
        >
          {t("tables.dropView")}
        </Button>
      )}
      <Button onClick={() => setAsked("form")}>{t("tables.makeForm")}</Button>
      {asked !== null && (
        <KeepView
          head={head}
          look={look}
          form={asked === "form"}
          onClose={() => setAsked(null)}
          onKept={asked === "view" ? onKept : undefined}
        />
      )}
    </>
  );
}

interface KeepProps {
  head: TableHead;
  look: Props["look"];
  form: boolean;
  onClose: () => void;
  onKept: ((name: string) => void) | undefined;
}

function KeepView({ head, look, form, onClose, onKept }: KeepProps) {
  const { t, said } = useWords();
  const { message } = App.useApp();
  const fault = useFault();
  const keep = useKeepView(head.sheet);
  const [fields] = Form.useForm<{ name: string; fields?: string[]; note?: string }>();
  const title = t(form ? "tables.makeForm" : "tables.keepView");
  return (
    <Modal
      open
      title={title}
      okText={title}
      confirmLoading={keep.isPending}
      onOk={() => fields.submit()}
      onCancel={onClose}
    >
      <Form
        form={fields}
        layout="vertical"
        onFinish={({ name, fields: chosen = [], note = "" }) =>
          keep.mutate(
            {
              name,
              form,
              fields: chosen,
              where: form ? [] : look.where,
              order: form ? null : look.order,
              note,
            },
            {
              onSuccess: () => {
                onKept?.(name);
                onClose();
              },
              onError: (error) => void message.warning(fault(error)),
            },
          )
        }
      >
        <Form.Item name="name" label={t("tables.name")} rules={[{ required: true, message: "" }]}>
          <Input maxLength={300} />
        </Form.Item>
        {form && (
          <>
            <Form.Item name="fields" label={t("tables.formFields")}>
              <Select
                mode="multiple"
                options={head.fields.map((one) => ({ value: one.name, label: said(one.title || one.name) }))}
              />
            </Form.Item>
            <Form.Item name="note" label={t("tables.formNote")}>
              <Input.TextArea rows={3} maxLength={2000} />
            </Form.Item>
          </>
        )}
      </Form>
    </Modal>
  );
}
