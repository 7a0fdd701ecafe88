// A big quiet Stop, with what it does; and the way back for those who may take it.
import { App, Button, Input, Popconfirm } from "antd";
import { useState } from "react";

import { type Employee, useStop } from "../../api/employees";
import { useWords } from "../../parts/useWords";
import { mayAny, useMe } from "../../shell/me";

export function StopButton({ employee }: { employee: Employee }) {
  const { t, said } = useWords();
  const { message } = App.useApp();
  const me = useMe();
  const change = useStop(employee.id);
  const [reason, setReason] = useState("");
  const stop = !employee.stopped;
  if (me.data === undefined || !mayAny(me.data, [stop ? "stop_agent" : "release_agent"])) return null;
  const send = (): void =>
    change.mutate(
      { stop, reason },
      {
        onSuccess: () => {
          setReason("");
          void message.success(t(stop ? "team.stop.stopped" : "team.stop.resumed"));
        },
        onError: (error) => void message.warning(error.message),
      },
    );
  const name = said(employee.title);
  const asked = (
    <div className="stop-ask">
      <p>{t(stop ? "team.stop.how" : "team.stop.resumeHow")}</p>
      <Input
        aria-label={t("team.release.reason")}
        placeholder={t("team.release.reason")}
        value={reason}
        maxLength={1000}
        onChange={(event) => setReason(event.target.value)}
      />
    </div>
  );
  const label = t(stop ? "team.stop.stop" : "team.stop.resume");
  return (
    <Popconfirm
      title={stop ? t("team.stop.confirm", { name }) : name}
      description={asked}
      okText={label}
      placement="bottomRight"
      icon={null}
      onConfirm={send}
    >
      <Button size="large" className={stop ? "stop" : undefined} loading={change.isPending}>
        {label}
      </Button>
    </Popconfirm>
  );
}
