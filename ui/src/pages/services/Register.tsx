// Registering an outside service: its kind, its address, who answers for it; it is asked for its operations.
import { App, Button, Form, Input, Modal, Select } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";

import { ApiError } from "../../api/client";
import { type NewService, useRegister } from "../../api/services";
import { useWords } from "../../parts/useWords";
import { useMe } from "../../shell/me";
import { registration, type Wish } from "./registration";

const KINDS: readonly NewService["kind"][] = ["openapi", "mcp", "http"];

export function Register() {
  const { t } = useWords();
  const { message } = App.useApp();
  const go = useNavigate();
  const me = useMe();
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<Wish>();
  const kind = Form.useWatch("kind", form);
  const register = useRegister();
  const send = (wish: Wish): void =>
    register.mutate(registration(wish), {
      onSuccess: (made) => {
        setOpen(false);
        form.resetFields();
        void message.success(
          t("services.register.done", { name: made.name, count: made.operations as never }),
        );
        void go(`/services/of/${made.name}`);
      },
      onError: (error) =>
        void message.warning(
          error instanceof ApiError ? `${error.fault.message}. ${error.fault.mend}` : error.message,
        ),
    });
  const label = (name: string): string => t(`services.register.${name}`);
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {label("open")}
      </Button>
      <Modal
        open={open}
        title={label("title")}
        okText={label("send")}
        confirmLoading={register.isPending}
        onCancel={() => setOpen(false)}
        onOk={() => form.submit()}
      >
        <p className="quiet">{label("lead")}</p>
        <Form<Wish>
          form={form}
          layout="vertical"
          onFinish={send}
          initialValues={{ kind: "openapi", version: "1", owner: me.data?.id }}
        >
          <Form.Item name="kind" label={label("kind")}>
            <Select options={KINDS.map((value) => ({ value, label: t(`services.kind.${value}`) }))} />
          </Form.Item>
          <Form.Item
            name="name"
            label={label("name")}
            rules={[{ required: true, pattern: /^[a-z][a-z0-9_]{0,39}$/ }]}
          >
            <Input maxLength={40} />
          </Form.Item>
          {kind === "openapi" && (
            <Form.Item name="document" label={label("document")} rules={[{ required: true }]}>
              <Input.TextArea rows={4} />
            </Form.Item>
          )}
          <Form.Item name="url" label={label("url")} rules={[{ required: kind !== "openapi" }]}>
            <Input placeholder="https://" />
          </Form.Item>
          <Form.Item name="owner" label={label("owner")} rules={[{ required: true }]}>
            <Input maxLength={64} />
          </Form.Item>
          <Form.Item name="version" label={label("version")} rules={[{ required: true }]}>
            <Input maxLength={32} />
          </Form.Item>
          <Form.Item name="network" label={label("inside")}>
            <Input />
          </Form.Item>
          <Form.Item name="secret" label={label("secret")}>
            <Input />
          </Form.Item>
        </Form>
      </Modal>
    </>
  );
}
