// A confirmation of money: amount, payee, what will happen, who else confirms. It binds to exactly these values.
import { useState } from "react";

import type { Values } from "../../forms/schema";
import { text } from "../../forms/text";
import { ActorMark } from "../../parts/Actor";
import { useGroups } from "../../parts/groups";
import { useWords } from "../../parts/useWords";
import { Button } from "../../plain/controls";
import { tell } from "../../plain/tell";
import { useAnswer, useFault, type WholeTask } from "./answering";

export function Confirm({ task, onAnswered }: { task: WholeTask; onAnswered: () => void }) {
  const { t, said, money, moment } = useWords();
  const group = useGroups();
  const answer = useAnswer();
  const fault = useFault();
  const [note, setNote] = useState("");
  const asked = task.payload;
  const given = (asked["arguments"] ?? {}) as Values;
  const send = (outcome: "approved" | "refused"): void =>
    answer.mutate(
      { key: task.key, outcome, answer: note === "" ? {} : { note } },
      {
        onSuccess: () => {
          tell("success", t("inbox.done"));
          onAnswered();
        },
        onError: (error) => tell("warning", fault(error)),
      },
    );
  const lines: [string, string][] = [
    [
      t("inbox.operation"),
      said((asked["title"] as Record<string, string> | undefined) ?? text(asked["operation"])),
    ],
    [t("inbox.payee"), text(given["customer_id"] ?? given["payee"] ?? given["supplier_id"])],
    [t("inbox.why"), said(text(asked["reason"]))],
    [t("inbox.preparedBy"), text(asked["prepared_by"])],
    [t("inbox.who"), `${text(asked["confirmations"])} × ${group(text(asked["role"]))}`],
    [t("inbox.validUntil"), moment(text(asked["expires_at"]))],
  ];
  return (
    <div className="panel confirm">
      <p className="row" style={{ marginTop: 0 }}>
        <ActorMark kind="waiting" size={16} />
        <strong>{t("inbox.confirmTitle")}</strong>
      </p>
      <p className="amount figure" aria-label={t("inbox.amount")}>
        {money(text(asked["amount"]), text(given["currency"]))}
      </p>
      <Facts lines={lines} />
      <h3>{t("inbox.values")}</h3>
      <Facts lines={Object.entries(given).map(([name, value]) => [name, text(value)])} />
      <p className="quiet">{t("inbox.exact")}</p>
      <label>
        {t("inbox.note")}
        <textarea className="input" rows={2} value={note} onChange={(event) => setNote(event.target.value)} />
      </label>
      <div className="actions">
        <Button look="primary" busy={answer.isPending} onClick={() => send("approved")}>
          {t("inbox.approve")}
        </Button>
        <Button look="danger" disabled={answer.isPending} onClick={() => send("refused")}>
          {t("inbox.refuse")}
        </Button>
      </div>
    </div>
  );
}

function Facts({ lines }: { lines: readonly (readonly [string, string])[] }) {
  return (
    <table className="lines">
      <tbody>
        {lines
          .filter(([, value]) => value !== "")
          .map(([name, value]) => (
            <tr key={name}>
              <th scope="row" style={{ width: 160 }}>
                {name}
              </th>
              <td style={{ overflowWrap: "anywhere" }}>{value}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
