// A new field of a table: its type, and whether and how it fills itself.
import { Alert, App, Form, Input, Modal, Select, Slider } from "antd";

import { type TableHead, useDefine, useTables } from "../../api/tables";
import { useFault } from "../../parts/useFault";
import { useWords } from "../../parts/useWords";
import { BY_MODEL, type Field, FILLS, plain, sent, SORTS } from "./fields";

const PERCENT = 100;

export function FieldForm({ head, onClose }: { head: TableHead; onClose: () => void }) {
  const { t, said } = useWords();
  const { message } = App.useApp();
  const fault = useFault();
  const tables = useTables();
  const define = useDefine(head.sheet);
  const [form] = Form.useForm<Field>();
  const made: Field = { ...plain(""), ...Form.useWatch([], form) };
  const fills = FILLS[made.sort];
  const fill = fills.includes(made.fill) ? made.fill : (fills[0] ?? "classify");
  const others = head.fields.map((one) => ({ value: one.name, label: said(one.title || one.name) }));
  const flags = head.fields.filter((one) => one.sort === "flag").map((one) => one.name);
  const keep = (given: Field): void =>
    define.mutate(
      { title: head.title, fields: [...head.fields.map(sent), { ...plain(""), ...given, fill }] },
      { onSuccess: onClose, onError: (error) => void message.warning(fault(error)) },
    );
  return (
    <Modal
      open
      title={t("tables.addField")}
      okText={t("tables.addField")}
      confirmLoading={define.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" initialValues={plain("")} onFinish={keep}>
        <Form.Item name="name" label={t("tables.name")} rules={[{ required: true, message: "" }]}>
          <Input maxLength={300} />
        </Form.Item>
        <Form.Item name="sort" label={t("tables.type")}>
          <Select options={SORTS.map((value) => ({ value, label: t(`tables.sortOf.${value}`) }))} />
        </Form.Item>
        {made.sort === "choice" && (
          <Form.Item name="options" label={t("tables.options")}>
            <Select mode="tags" open={false} suffix={null} />
          </Form.Item>
        )}
        {made.sort === "link" && (
          <Form.Item name="table" label={t("tables.linked")} rules={[{ required: true, message: "" }]}>
            <Select
              options={tables.data?.items.map((one) => ({ value: one.sheet, label: said(one.title) })) ?? []}
            />
          </Form.Item>
        )}
        <Form.Item name="fill_from" label={t("tables.fillFrom")} extra={t("tables.fillFromHow")}>
          <Select mode="multiple" options={others} />
        </Form.Item>
        {made.fill_from.length > 0 && (
          <>
            <Form.Item label={t("tables.fill")}>
              <Select
                aria-label={t("tables.fill")}
                value={fill}
                options={fills.map((value) => ({ value, label: t(`tables.fillBy.${value}`) }))}
                onChange={(value) => form.setFieldsValue({ fill: value })}
              />
            </Form.Item>
            <Form.Item name="fill" hidden>
              <Input />
            </Form.Item>
            {BY_MODEL.has(fill) && (
              <>
                {tables.data?.model === false && <Alert type="info" showIcon title={t("tables.noModel")} />}
                <Form.Item name="wish" label={t("tables.wish")}>
                  <Input.TextArea rows={2} maxLength={2000} />
                </Form.Item>
              </>
            )}
            {fill === "score" && (
              <Form.Item name="outcome" label={t("tables.outcome")} rules={[{ required: true, message: "" }]}>
                <Select options={flags.map((value) => ({ value, label: said(value) }))} />
              </Form.Item>
            )}
            <Form.Item name="alone_from" label={t("tables.alone")}>
              <Slider
                min={0}
                max={1}
                step={0.05}
                tooltip={{ formatter: (value) => `${Math.round((value ?? 0) * PERCENT)} %` }}
              />
            </Form.Item>
          </>
        )}
      </Form>
    </Modal>
  );
}
