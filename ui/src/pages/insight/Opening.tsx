// What can be done with a proposal now: open it as a draft, put it in force, measure what it brought.
import { App, Button, Popconfirm } from "antd";

import { type Act, type Proposal, useActOnProposal } from "../../api/insight";
import { useFault } from "../../parts/useFault";
import { useWords } from "../../parts/useWords";
import { useMe } from "../../shell/me";

export function Opening({ proposal }: { proposal: Proposal }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const me = useMe();
  const fault = useFault();
  const acting = useActOnProposal();
  const act = (what: Act, done?: string): void =>
    acting.mutate(
      { key: proposal.key, act: what },
      {
        onSuccess: () => done !== undefined && void message.success(done),
        onError: (error) => void message.warning(fault(error)),
      },
    );
  const may = me.data?.may["deploy"] === true;
  if (proposal.state === "proposed")
    return (
      <Button
        disabled={!may}
        loading={acting.isPending}
        onClick={() => act("open", t("insight.improve.opened"))}
      >
        {t("insight.improve.open")}
      </Button>
    );
  if (proposal.state === "opened")
    return (
      <Popconfirm
        title={t("insight.improve.releaseAsk")}
        onConfirm={() => act("release", t("insight.improve.released"))}
        disabled={!may}
      >
        <Button type="primary" disabled={!may} loading={acting.isPending}>
          {t("insight.improve.release")}
        </Button>
      </Popconfirm>
    );
  return (
    <Button loading={acting.isPending} onClick={() => act("measure")}>
      {t("insight.improve.measure")}
    </Button>
  );
}
