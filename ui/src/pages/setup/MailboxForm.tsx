// The firm's mailbox: how it stands, and connecting one. The password goes to the vault and never comes back.
import { Alert, App, Button, Checkbox, Collapse, Form, Input } from "antd";
import { useState } from "react";

import {
  type Mailbox,
  type MailStanding,
  useCheckMailbox,
  useConnectMailbox,
  useFetchMail,
  useMailbox,
} from "../../api/mail";
import { Loaded } from "../../parts/Loaded";
import { useFault } from "../../parts/useFault";
import { useWords } from "../../parts/useWords";

interface Given {
  address: string;
  password: string;
  user?: string;
  imap?: string;
  smtp?: string;
  old?: boolean;
  network?: string;
  open?: boolean;
}

export function MailboxForm() {
  const mailbox = useMailbox();
  const [another, setAnother] = useState(false);
  return (
    <Loaded query={mailbox}>
      {(data) =>
        data.settings.service === "" || another ? (
          <Connect onDone={() => setAnother(false)} />
        ) : (
          <Connected standing={data} onAnother={() => setAnother(true)} />
        )
      }
    </Loaded>
  );
}

function Connected({ standing, onAnother }: { standing: MailStanding; onAnother: () => void }) {
  const { t, moment } = useWords();
  const { message } = App.useApp();
  const fault = useFault();
  const check = useCheckMailbox();
  const fetch = useFetchMail();
  const ill = standing.health === "ill" || standing.problem !== "";
  const warn = (error: unknown): void => void message.warning(fault(error));
  return (
    <>
      <Alert
        type={ill ? "warning" : "success"}
        showIcon
        title={t("setup.mail.connected", { name: standing.sender || standing.settings.service })}
        description={
          <>
            <p>{[standing.said, standing.problem].filter((one) => one !== "").join(". ")}</p>
            <p>
              {standing.read_at === null
                ? t("setup.mail.notRead")
                : t("setup.mail.read", { at: moment(standing.read_at) })}
            </p>
          </>
        }
      />
      <div className="row setup-acts">
        <Button loading={check.isPending} onClick={() => check.mutate(undefined, { onError: warn })}>
          {t("setup.mail.check")}
        </Button>
        <Button
          loading={fetch.isPending}
          onClick={() =>
            fetch.mutate(undefined, {
              onSuccess: (found) => void message.success(t("setup.mail.fetched", { count: found.inquiries })),
              onError: warn,
            })
          }
        >
          {t("setup.mail.fetch")}
        </Button>
        <Button type="link" onClick={onAnother}>
          {t("setup.mail.another")}
        </Button>
      </div>
    </>
  );
}

function Connect({ onDone }: { onDone: () => void }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const fault = useFault();
  const connect = useConnectMailbox();
  const send = (given: Given): void => {
    const body: Mailbox = {
      address: given.address.trim(),
      password: given.password,
      user: given.user?.trim() ?? "",
      imap: given.imap?.trim() ?? "",
      smtp: given.smtp?.trim() ?? "",
      old: given.old === true,
      tls: given.open === true ? "off" : "required",
      networks: given.network === undefined || given.network === "" ? [] : [given.network.trim()],
    };
    connect.mutate(body, {
      onSuccess: () => {
        void message.success(t("setup.mail.done"));
        onDone();
      },
    });
  };
  return (
    <Form<Given> layout="vertical" onFinish={send} requiredMark={false}>
      <p className="quiet">{t("setup.mail.lead")}</p>
      <Form.Item
        name="address"
        label={t("setup.mail.address")}
        rules={[{ required: true, pattern: /^[^@\s<>]+@[^@\s<>]+$/, message: t("setup.mail.addressHow") }]}
      >
        <Input inputMode="email" autoComplete="off" placeholder="office@example.com" />
      </Form.Item>
      <Form.Item
        name="password"
        label={t("setup.mail.password")}
        extra={t("setup.mail.passwordHow")}
        rules={[{ required: true, message: t("setup.mail.passwordNeeded") }]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item name="old" valuePropName="checked">
        <Checkbox>{t("setup.mail.old")}</Checkbox>
      </Form.Item>
      <Collapse
        ghost
        items={[{ key: "servers", forceRender: true, label: t("setup.mail.servers"), children: <Servers /> }]}
      />
      {connect.error !== null && <Alert type="error" showIcon title={fault(connect.error)} />}
      <Button type="primary" htmlType="submit" loading={connect.isPending}>
        {t("setup.mail.connect")}
      </Button>
    </Form>
  );
}

function Servers() {
  const { t } = useWords();
  return (
    <>
      <Form.Item
        name="imap"
        label={t("setup.mail.imap")}
        rules={[{ pattern: /^(imaps?:\/\/.+)?$/, message: t("setup.mail.imapHow") }]}
      >
        <Input placeholder="imaps://imap.example.com" />
      </Form.Item>
      <Form.Item
        name="smtp"
        label={t("setup.mail.smtp")}
        rules={[{ pattern: /^(smtps?:\/\/.+)?$/, message: t("setup.mail.smtpHow") }]}
      >
        <Input placeholder="smtps://smtp.example.com" />
      </Form.Item>
      <Form.Item name="user" label={t("setup.mail.user")}>
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="network" label={t("setup.mail.network")} extra={t("setup.mail.networkHow")}>
        <Input placeholder="192.168.1.0/24" />
      </Form.Item>
      <Form.Item name="open" valuePropName="checked">
        <Checkbox>{t("setup.mail.open")}</Checkbox>
      </Form.Item>
    </>
  );
}
