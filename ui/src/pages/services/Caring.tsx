// What those who manage services do with one: ask whether it answers, and retire it with notice.
import { App, Button, Input, Popconfirm } from "antd";
import { useState } from "react";

import { type Service, useCheck, useRetire } from "../../api/services";
import { useWords } from "../../parts/useWords";
import { mayAny, useMe } from "../../shell/me";

export function Caring({ service }: { service: Service }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const me = useMe();
  const check = useCheck(service.name);
  const retire = useRetire(service.name);
  const [because, setBecause] = useState("");
  const [on, setOn] = useState("");
  if (me.data === undefined || !mayAny(me.data, ["manage_services"])) return null;
  const refused = (error: Error): void => void message.warning(error.message);
  const end = (): void =>
    retire.mutate(
      { because, on: on === "" ? null : `${on}T00:00:00Z` },
      {
        onSuccess: (told) => void message.success(t("services.retired", { count: told.users.length })),
        onError: refused,
      },
    );
  return (
    <div className="row">
      <Button
        loading={check.isPending}
        onClick={() =>
          check.mutate(undefined, {
            onSuccess: () => void message.success(t("services.checked")),
            onError: refused,
          })
        }
      >
        {t("services.check")}
      </Button>
      <Popconfirm
        title={t("services.retire")}
        icon={null}
        placement="bottomRight"
        okText={t("services.retire")}
        okButtonProps={{ disabled: because.trim() === "" }}
        onConfirm={end}
        description={
          <div className="retire-ask">
            <p>{t("services.retireHow")}</p>
            <Input
              aria-label={t("services.because")}
              placeholder={t("services.because")}
              value={because}
              maxLength={1000}
              onChange={(event) => setBecause(event.target.value)}
            />
            <label className="quiet small">
              {t("services.retireOn")}
              <Input type="date" value={on} onChange={(event) => setOn(event.target.value)} />
            </label>
          </div>
        }
      >
        <Button loading={retire.isPending}>{t("services.retire")}</Button>
      </Popconfirm>
    </div>
  );
}
