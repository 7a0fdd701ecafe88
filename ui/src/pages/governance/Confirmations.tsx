// What waits for my confirmation: exact values, why it is asked, and my answer, bound to what is shown.
import { App, Button } from "antd";
import { Link } from "react-router";

import type { Shapes } from "../../api/client";
import { useAnswerApproval, useApprovals } from "../../api/governance";
import { text } from "../../forms/text";
import { ActorMark } from "../../parts/Actor";
import { useGroups } from "../../parts/groups";
import { Loaded } from "../../parts/Loaded";
import { useWords } from "../../parts/useWords";

type Approval = Shapes["ApprovalShape"];

export function Confirmations() {
  const { t } = useWords();
  const approvals = useApprovals();
  return (
    <>
      <p className="quiet">{t("governance.confirmations.lead")}</p>
      <Loaded
        query={approvals}
        empty={{ when: (data) => data.items.length === 0, say: t("governance.confirmations.none") }}
      >
        {(data) => (
          <div className="cards">
            {data.items.map((one) => (
              <ApprovalCard key={one.approval} approval={one} />
            ))}
          </div>
        )}
      </Loaded>
    </>
  );
}

function ApprovalCard({ approval }: { approval: Approval }) {
  const { t, said, money, moment } = useWords();
  const { message } = App.useApp();
  const group = useGroups();
  const answer = useAnswerApproval();
  const currency = text(approval.arguments["currency"]);
  const send = (approved: boolean): void =>
    answer.mutate(
      { key: approval.approval, approved, digest: approval.digest, note: "" },
      {
        onSuccess: () => void message.success(t("inbox.done")),
        onError: (error) => void message.warning(error.message),
      },
    );
  return (
    <article className="panel" aria-label={said(approval.title)}>
      <div className="spread">
        <strong className="row">
          <ActorMark kind="waiting" size={16} />
          {said(approval.title)}
        </strong>
        <span className="figure">{approval.amount === null ? "" : money(approval.amount, currency)}</span>
      </div>
      <p>{said(approval.reason)}</p>
      <dl className="facts">
        {Object.entries(approval.arguments).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text(value)}</dd>
          </div>
        ))}
      </dl>
      <p className="quiet">
        {t("governance.confirmations.how", {
          missing: approval.confirmations - approval.confirmed_by.length,
          role: group(approval.role),
          by: approval.prepared_by,
          until: moment(approval.expires_at),
        })}
      </p>
      {approval.task === null ? (
        <div className="row">
          <Button type="primary" loading={answer.isPending} onClick={() => send(true)}>
            {t("inbox.approve")}
          </Button>
          <Button disabled={answer.isPending} onClick={() => send(false)}>
            {t("inbox.refuse")}
          </Button>
        </div>
      ) : (
        <Link to={`/inbox/${approval.task}`}>{t("governance.confirmations.open")}</Link>
      )}
    </article>
  );
}
