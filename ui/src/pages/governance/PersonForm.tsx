// One person: name, roles and groups, whether they still work here.
import { Alert, App, Button, Drawer, Form, Input, Select, Switch } from "antd";

import { type Person, usePutPerson } from "../../api/governance";
import { useGroups } from "../../parts/groups";
import { useWords } from "../../parts/useWords";
import { useMe } from "../../shell/me";

const ROLES = [
  "worker",
  "approver",
  "process_owner",
  "chief_process_officer",
  "process_analyst",
  "ai_product_owner",
  "ai_tutor",
  "governance_lead",
  "auditor",
  "administrator",
];

interface Props {
  person: Person;
  everybody: Person[];
  onClose: () => void;
}

export function PersonForm({ person, everybody, onClose }: Props) {
  const { t, said } = useWords();
  const { message } = App.useApp();
  const group = useGroups();
  const me = useMe();
  const put = usePutPerson();
  const fresh = person.id === "";
  const own = person.id === me.data?.id;
  const groups = [...new Set(everybody.flatMap((one) => one.groups))].sort();
  const options = (names: string[]) => names.map((value) => ({ value, label: group(value) }));
  const save = (given: Person): void =>
    put.mutate(
      { ...person, ...given, email: given.email === "" ? null : given.email },
      {
        onSuccess: () => {
          void message.success(t("governance.people.saved"));
          onClose();
        },
      },
    );
  return (
    <Drawer open title={fresh ? t("governance.people.add") : said(person.name)} onClose={onClose}>
      <Form<Person> layout="vertical" initialValues={person} onFinish={save}>
        <Form.Item
          name="id"
          label={t("governance.people.id")}
          rules={[
            { required: true, pattern: /^[A-Za-z0-9._@-]{1,64}$/, message: t("governance.people.idHow") },
          ]}
        >
          <Input disabled={!fresh} />
        </Form.Item>
        <Form.Item name="name" label={t("governance.people.name")} rules={[{ required: true, max: 200 }]}>
          <Input />
        </Form.Item>
        <Form.Item name="email" label={t("governance.people.email")}>
          <Input type="email" />
        </Form.Item>
        <Form.Item name="roles" label={t("governance.people.roles")}>
          <Select mode="tags" disabled={own} options={options(ROLES)} />
        </Form.Item>
        <Form.Item name="groups" label={t("governance.people.groups")}>
          <Select mode="tags" disabled={own} options={options(groups)} />
        </Form.Item>
        <Form.Item name="active" label={t("governance.people.works")} valuePropName="checked">
          <Switch disabled={own} />
        </Form.Item>
        {own && <Alert type="info" title={t("governance.people.own")} style={{ marginBottom: 16 }} />}
        {put.error !== null && <Alert type="error" title={put.error.message} style={{ marginBottom: 16 }} />}
        <Button type="primary" htmlType="submit" loading={put.isPending}>
          {t("governance.people.save")}
        </Button>
      </Form>
    </Drawer>
  );
}
