// A new, empty table: what it is called, and its first field.
import { App, Form, Input, Modal } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";

import { useDefine } from "../../api/tables";
import { useFault } from "../../parts/useFault";
import { useWords } from "../../parts/useWords";
import { plain } from "./fields";

interface Said {
  title: string;
  sheet: string;
  field: string;
}

export function MakeTable({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const fault = useFault();
  const navigate = useNavigate();
  const [form] = Form.useForm<Said>();
  const [sheet, setSheet] = useState("");
  const define = useDefine(sheet);
  const make = ({ title, field }: Said): void =>
    define.mutate(
      { title, fields: [plain(field)] },
      {
        onSuccess: () => void navigate(`/tables/of/${encodeURIComponent(sheet)}`),
        onError: (error) => void message.warning(fault(error)),
      },
    );
  const needed = [{ required: true, message: "" }];
  return (
    <Modal
      open
      title={t("tables.make")}
      okText={t("tables.make")}
      confirmLoading={define.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" onFinish={make}>
        <Form.Item name="title" label={t("tables.titleOf")} rules={needed}>
          <Input maxLength={300} />
        </Form.Item>
        <Form.Item
          name="sheet"
          label={t("tables.name")}
          extra={t("tables.nameHow")}
          rules={[...needed, { pattern: /^[\w-]{1,100}$/u, message: t("tables.nameHow") }]}
        >
          <Input maxLength={100} onChange={({ target }) => setSheet(target.value)} />
        </Form.Item>
        <Form.Item name="field" label={t("tables.firstField")} rules={needed}>
          <Input maxLength={300} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
