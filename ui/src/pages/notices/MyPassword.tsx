// My password: whoever came in by a link sets one here and signs in with it from then on.
import { Alert, App, Button, Form, Input } from "antd";

import { useChangePassword } from "../../api/notices";
import { useFault } from "../../parts/useFault";
import { useWords } from "../../parts/useWords";
import { useMe } from "../../shell/me";

interface Given {
  current?: string;
  next: string;
}

export function MyPassword() {
  const { t } = useWords();
  const { message } = App.useApp();
  const fault = useFault();
  const me = useMe();
  const change = useChangePassword();
  const [form] = Form.useForm<Given>();
  const send = (given: Given): void =>
    change.mutate(
      { current: given.current ?? "", new: given.next },
      {
        onSuccess: () => {
          form.resetFields();
          void message.success(t("notices.password.kept"));
        },
      },
    );
  return (
    <Form<Given> form={form} layout="vertical" requiredMark={false} className="my-password" onFinish={send}>
      <p className="quiet">{t("notices.password.lead", { id: me.data?.id ?? "" })}</p>
      <Form.Item name="current" label={t("notices.password.current")} extra={t("notices.password.none")}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item
        name="next"
        label={t("notices.password.next")}
        rules={[{ required: true, message: t("notices.password.needed") }]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      {change.error !== null && <Alert type="error" showIcon title={fault(change.error)} />}
      <Button htmlType="submit" loading={change.isPending}>
        {t("notices.password.keep")}
      </Button>
    </Form>
  );
}
