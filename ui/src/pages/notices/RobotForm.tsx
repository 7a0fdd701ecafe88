// Connecting the robot of a group chat by the address that the chat shows; token and key go to the vault.
import { Alert, Button, Form, Input, Select } from "antd";

import { type NewRobot, NOTICE_KINDS, useConnectRobot } from "../../api/notices";
import { usePeople } from "../../api/governance";
import { useGroups } from "../../parts/groups";
import { useFault } from "../../parts/useFault";
import { useWords } from "../../parts/useWords";

const FLAVOURS = ["dingtalk", "wecom", "feishu"] as const;

export function RobotForm({ onDone }: { onDone: () => void }) {
  const { t, language } = useWords();
  const fault = useFault();
  const group = useGroups();
  const people = usePeople();
  const connect = useConnectRobot();
  const known = people.data?.items.flatMap((one) => [...one.groups, ...one.roles]) ?? [];
  const groups = [...new Set(known)].sort();
  const start = { flavour: "dingtalk", signing: "", language, groups: [], kinds: ["task", "confirmation"] };
  return (
    <Form<NewRobot>
      layout="vertical"
      requiredMark={false}
      className="panel robot-form"
      initialValues={start}
      onFinish={(given) => connect.mutate(given, { onSuccess: onDone })}
    >
      <p className="quiet">{t("notices.how")}</p>
      <Form.Item name="flavour" label={t("notices.flavour")}>
        <Select options={FLAVOURS.map((value) => ({ value, label: t(`notices.flavours.${value}`) }))} />
      </Form.Item>
      <Form.Item
        name="name"
        label={t("notices.name")}
        rules={[{ required: true, pattern: /^[a-z][a-z0-9_]{0,33}$/, message: t("notices.nameHow") }]}
      >
        <Input placeholder="sales" autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="address"
        label={t("notices.webhook")}
        rules={[{ required: true, message: t("notices.webhookHow") }]}
      >
        <Input.Password autoComplete="off" placeholder="https://…" />
      </Form.Item>
      <Form.Item name="signing" label={t("notices.signing")} extra={t("notices.signingHow")}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item name="groups" label={t("notices.groups")} extra={t("notices.groupsHow")}>
        <Select mode="multiple" options={groups.map((value) => ({ value, label: group(value) }))} />
      </Form.Item>
      <Form.Item name="kinds" label={t("notices.kinds")}>
        <Select
          mode="multiple"
          options={NOTICE_KINDS.map((value) => ({ value, label: t(`notices.kind.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="language" label={t("notices.language")}>
        <Select
          options={[
            { value: "zh", label: "中文" },
            { value: "en", label: "English" },
          ]}
        />
      </Form.Item>
      {connect.error !== null && <Alert type="error" showIcon title={fault(connect.error)} />}
      <div className="row">
        <Button type="primary" htmlType="submit" loading={connect.isPending}>
          {t("notices.connect")}
        </Button>
        <Button onClick={onDone}>{t("notices.cancel")}</Button>
      </div>
    </Form>
  );
}
