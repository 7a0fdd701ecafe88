// The versions of a service: health, and how the calls are shared between the old one and a canary.
import { App, Button, InputNumber, Progress } from "antd";
import { useState } from "react";

import { type Service, useShare, type Version } from "../../api/services";
import { useWords } from "../../parts/useWords";
import { mayAny, useMe } from "../../shell/me";
import { gone } from "./gone";
import { Health } from "./Health";

export function Versions({ service }: { service: Service }) {
  return (
    <ul className="versions">
      {service.versions.map((one) => (
        <li key={one.version} className="panel">
          <VersionCard service={service} version={one} />
        </li>
      ))}
    </ul>
  );
}

function VersionCard({ service, version }: { service: Service; version: Version }) {
  const { t, day } = useWords();
  const { message } = App.useApp();
  const me = useMe();
  const change = useShare(service.name);
  const [share, setShare] = useState(version.share);
  const may =
    me.data !== undefined &&
    mayAny(me.data, ["manage_services"]) &&
    !gone(service) &&
    service.versions.length > 1;
  const send = (): void =>
    change.mutate(
      { version: version.version, share },
      {
        onSuccess: () => void message.success(t("services.shareSet")),
        onError: (error) => void message.warning(error.message),
      },
    );
  return (
    <>
      <div className="spread">
        <h2>
          {t("services.version")} {version.version}
        </h2>
        <Health state={version.health} said={version.health_said} />
      </div>
      <Progress
        percent={version.share}
        showInfo={false}
        size="small"
        strokeColor="var(--agent)"
        aria-label={t("services.share", { share: version.share })}
      />
      <p>{t("services.share", { share: version.share })}</p>
      {version.created_at !== null && (
        <p className="quiet small">
          {t("services.since", { day: day(version.created_at), who: version.created_by ?? "" })}
        </p>
      )}
      {version.health_said !== null && <p className="quiet small">{version.health_said}</p>}
      {may && (
        <div className="row">
          <InputNumber
            controls={false}
            aria-label={t("services.shareLabel")}
            min={0}
            max={100}
            value={share}
            onChange={(value) => setShare(value ?? 0)}
          />
          <Button loading={change.isPending} disabled={share === version.share} onClick={send}>
            {t("services.setShare")}
          </Button>
        </div>
      )}
    </>
  );
}
