// When the digest comes: daily and weekly, the hour, the weekday, the time zone.
import { App, Button, Form, Input, Select, Switch } from "antd";

import { type DigestSettings, useDigestSettings, useKeepDigestSettings } from "../../api/digest";
import { Loaded } from "../../parts/Loaded";
import { useFault } from "../../parts/useFault";
import { useWords } from "../../parts/useWords";
import { mayAny, useMe } from "../../shell/me";
import "./digest.css";

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const DAYS = [0, 1, 2, 3, 4, 5, 6];
const MONDAY = Date.UTC(2026, 0, 5);
const DAY_MS = 86_400_000;

export function DigestTimes() {
  const settings = useDigestSettings();
  return <Loaded query={settings}>{(data) => <TimesForm kept={data} />}</Loaded>;
}

function TimesForm({ kept }: { kept: Partial<DigestSettings> }) {
  const { t, language } = useWords();
  const { message } = App.useApp();
  const fault = useFault();
  const me = useMe();
  const keep = useKeepDigestSettings();
  const may = me.data !== undefined && mayAny(me.data, ["plan"]);
  const named = new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en-GB", {
    weekday: "long",
    timeZone: "UTC",
  });
  return (
    <Form<DigestSettings>
      layout="vertical"
      className="digest-times"
      disabled={!may}
      initialValues={kept}
      onFinish={(given) =>
        keep.mutate(
          { ...given, time_zone: given.time_zone.trim() },
          {
            onSuccess: () => void message.success(t("digest.kept")),
            onError: (error) => void message.warning(fault(error)),
          },
        )
      }
    >
      <Form.Item name="daily" label={t("digest.daily")} valuePropName="checked">
        <Switch />
      </Form.Item>
      <Form.Item name="weekly" label={t("digest.weekly")} valuePropName="checked">
        <Switch />
      </Form.Item>
      <Form.Item name="hour" label={t("digest.hour")}>
        <Select options={HOURS.map((value) => ({ value, label: `${String(value).padStart(2, "0")}:00` }))} />
      </Form.Item>
      <Form.Item name="weekday" label={t("digest.weekday")}>
        <Select
          options={DAYS.map((value) => ({ value, label: named.format(new Date(MONDAY + value * DAY_MS)) }))}
        />
      </Form.Item>
      <Form.Item name="time_zone" label={t("digest.zone")} extra={t("digest.zoneHow")}>
        <Input placeholder="Asia/Shanghai" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={keep.isPending}>
        {t("digest.keep")}
      </Button>
    </Form>
  );
}
