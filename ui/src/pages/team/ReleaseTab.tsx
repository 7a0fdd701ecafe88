// Which version works, what stands beside it, the next step, the way back, and the history.
import { App, Button, InputNumber, Popconfirm, Table } from "antd";
import { useState } from "react";

import { type Employee, type Stage, useRelease, useRollback } from "../../api/employees";
import type { Shapes } from "../../api/client";
import { useWords } from "../../parts/useWords";
import { mayAny, useMe } from "../../shell/me";
import { VersionForm } from "./VersionForm";

type Step = Shapes["ReleaseStep"];

const SHARE = 10;

export function ReleaseTab({ employee }: { employee: Employee }) {
  const { t } = useWords();
  const me = useMe();
  const [editing, setEditing] = useState(false);
  const releases = me.data !== undefined && mayAny(me.data, ["release_agent"]);
  return (
    <>
      <p className="quiet">{t("team.release.lead")}</p>
      <section className="panel" aria-label={t("team.tab.release")}>
        <p>
          <strong>{t("team.release.live", { version: employee.version })}</strong>{" "}
          {employee.version === 1 && <span className="quiet">{t("team.release.shipped")}</span>}
        </p>
        {employee.candidate !== null && <Candidate employee={employee} releases={releases} />}
        {releases && (
          <div className="row">
            {employee.candidate === null && (
              <Button type="primary" onClick={() => setEditing(true)}>
                {t("team.release.edit")}
              </Button>
            )}
            <TakeBack employee={employee} />
          </div>
        )}
      </section>
      {editing && <VersionForm employee={employee} onClose={() => setEditing(false)} />}
      <History steps={employee.history} />
    </>
  );
}

function Candidate({ employee, releases }: { employee: Employee; releases: boolean }) {
  const { t, share } = useWords();
  const { message } = App.useApp();
  const release = useRelease(employee.id);
  const [hundredths, setHundredths] = useState(SHARE);
  const go = (stage: Stage): void =>
    release.mutate(
      { definition: null, stage, share: stage === "share" ? hundredths / 100 : 1, reason: "" },
      {
        onSuccess: () =>
          void message.success(t("team.release.released", { stage: t(`team.release.stage.${stage}`) })),
        onError: (error) => void message.warning(error.message),
      },
    );
  const stage = employee.stage === "share" ? "share" : "shadow";
  return (
    <>
      <p>
        {t("team.release.candidate", { version: employee.candidate })} {t(`team.release.stageHow.${stage}`)}
        {stage === "share" && ` (${share(employee.share)})`}
      </p>
      {releases && (
        <div className="row step">
          <label className="row">
            {t("team.release.shareOf")}
            <InputNumber
              controls={false}
              min={1}
              max={99}
              value={hundredths}
              suffix="%"
              onChange={(value) => setHundredths(value ?? SHARE)}
            />
          </label>
          <Button loading={release.isPending} onClick={() => go("share")}>
            {t("team.release.toShare")}
          </Button>
          <Button disabled={release.isPending} onClick={() => go("full")}>
            {t("team.release.toFull")}
          </Button>
        </div>
      )}
    </>
  );
}

function TakeBack({ employee }: { employee: Employee }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const rollback = useRollback(employee.id);
  const version = employee.candidate ?? employee.version;
  const released = employee.history.some((one) => one.version === version && one.stage !== "stopped");
  if (version === 1 || !released) return null;
  const label = t("team.release.rollback", { version });
  return (
    <Popconfirm
      title={label}
      description={t("team.release.rollbackHow")}
      okText={label}
      onConfirm={() => rollback.mutate("", { onError: (error) => void message.warning(error.message) })}
    >
      <Button loading={rollback.isPending}>{label}</Button>
    </Popconfirm>
  );
}

function History({ steps }: { steps: Step[] }) {
  const { t, moment, share } = useWords();
  return (
    <>
      <h2>{t("team.release.history")}</h2>
      <Table<Step>
        rowKey={(one) => `${one.at} ${one.version} ${one.stage}`}
        size="middle"
        pagination={false}
        locale={{ emptyText: t("team.release.noHistory") }}
        scroll={{ x: 560 }}
        dataSource={[...steps].reverse()}
        columns={[
          { title: t("team.learned.when"), render: (_, one) => moment(one.at) },
          {
            title: t("team.release.history"),
            render: (_, one) => {
              const stage = t(`team.release.stage.${one.stage}`);
              const part = one.stage === "share" ? ` ${share(one.share)}` : "";
              return t("team.release.step", { version: one.version, stage: stage + part });
            },
          },
          { title: t("team.learned.who"), dataIndex: "person" },
          { title: t("team.release.reason"), dataIndex: "reason" },
        ]}
      />
    </>
  );
}
