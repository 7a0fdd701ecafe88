// Who acts in my place while I am away, and in whose place I act.
import { Alert, App, Button, DatePicker, Form, Input } from "antd";
import type { Dayjs } from "dayjs";

import type { Shapes } from "../../api/client";
import { useEndStandIn, useGrantStandIn, useStandIns } from "../../api/governance";
import { Loaded } from "../../parts/Loaded";
import { useWords } from "../../parts/useWords";

type Proxy = Shapes["ProxyShape"];

export function StandIns() {
  const { t } = useWords();
  const standIns = useStandIns();
  return (
    <>
      <p className="quiet">{t("governance.standIns.lead")}</p>
      <Loaded query={standIns}>
        {(data) => (
          <div className="cards">
            <section className="panel">
              <h2>{t("governance.standIns.forMe")}</h2>
              <Listed
                items={data.for_me}
                who={(one) => one.stand_in}
                none={t("governance.standIns.nobody")}
              />
              <Granting />
            </section>
            <section className="panel">
              <h2>{t("governance.standIns.byMe")}</h2>
              <Listed items={data.by_me} who={(one) => one.person} none={t("governance.standIns.noOne")} />
            </section>
          </div>
        )}
      </Loaded>
    </>
  );
}

function Listed({ items, who, none }: { items: Proxy[]; who: (one: Proxy) => string; none: string }) {
  const { t, day } = useWords();
  const end = useEndStandIn();
  if (items.length === 0) return <p className="quiet">{none}</p>;
  return (
    <ul className="stand-ins">
      {items.map((one) => (
        <li key={one.key} className="spread">
          <span>
            <strong>{who(one)}</strong>{" "}
            <span className="quiet">
              {t("governance.standIns.span", { since: day(one.since), until: day(one.until) })}
              {one.reason === "" ? "" : ` · ${one.reason}`}
            </span>
          </span>
          <Button size="small" loading={end.isPending} onClick={() => end.mutate(one.key)}>
            {t("governance.standIns.end")}
          </Button>
        </li>
      ))}
    </ul>
  );
}

interface Given {
  stand_in: string;
  span: [Dayjs, Dayjs];
  reason?: string;
}

function Granting() {
  const { t } = useWords();
  const { message } = App.useApp();
  const [form] = Form.useForm<Given>();
  const grant = useGrantStandIn();
  const send = ({ stand_in, span, reason }: Given): void =>
    grant.mutate(
      {
        stand_in,
        since: span[0].startOf("day").toISOString(),
        until: span[1].endOf("day").toISOString(),
        reason: reason ?? "",
      },
      {
        onSuccess: () => {
          void message.success(t("governance.standIns.granted"));
          form.resetFields();
        },
      },
    );
  return (
    <Form<Given> form={form} layout="vertical" onFinish={send}>
      <Form.Item name="stand_in" label={t("governance.standIns.who")} rules={[{ required: true }]}>
        <Input placeholder={t("governance.standIns.whoHow")} />
      </Form.Item>
      <Form.Item name="span" label={t("governance.standIns.when")} rules={[{ required: true }]}>
        <DatePicker.RangePicker style={{ width: "100%" }} />
      </Form.Item>
      <Form.Item name="reason" label={t("governance.standIns.reason")}>
        <Input maxLength={1000} />
      </Form.Item>
      {grant.error !== null && (
        <Alert type="error" title={grant.error.message} style={{ marginBottom: 16 }} />
      )}
      <Button type="primary" htmlType="submit" loading={grant.isPending}>
        {t("governance.standIns.grant")}
      </Button>
    </Form>
  );
}
