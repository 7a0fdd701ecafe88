// Appeals against what digital employees decided: each with the reason of the decision, for somebody else to answer.
import { Alert, Button, Input, Segmented } from "antd";
import { useState } from "react";
import { Link } from "react-router";

import { type Appeal, type AppealState, useAnswerAppeal, useAppeals } from "../../api/appeals";
import { ActorMark } from "../../parts/Actor";
import { Loaded } from "../../parts/Loaded";
import { useActors } from "../../parts/actors";
import { useWords } from "../../parts/useWords";
import { Why } from "../cases/Decided";

const STATES: readonly AppealState[] = ["open", "upheld", "overturned"];

export function Appeals() {
  const { t } = useWords();
  const [state, setState] = useState<AppealState>("open");
  const appeals = useAppeals(state);
  return (
    <>
      <p className="quiet">{t("governance.appeals.lead")}</p>
      <Segmented
        aria-label={t("governance.appeals.state")}
        value={state}
        onChange={setState}
        options={STATES.map((one) => ({ value: one, label: t(`governance.appeals.states.${one}`) }))}
        style={{ marginBottom: 16 }}
      />
      <Loaded
        query={appeals}
        empty={{ when: (data) => data.items.length === 0, say: t(`governance.appeals.none.${state}`) }}
      >
        {(data) => (
          <div className="cards">
            {data.items.map((one) => (
              <AppealCard key={one.key} appeal={one} />
            ))}
          </div>
        )}
      </Loaded>
    </>
  );
}

function AppealCard({ appeal }: { appeal: Appeal }) {
  const { t, moment } = useWords();
  const by = useActors()(appeal.decided_by);
  return (
    <article className="panel" aria-label={t("governance.appeals.against", { by })}>
      <div className="spread">
        <strong className="row">
          <ActorMark kind="agent" />
          {t("governance.appeals.against", { by })}
        </strong>
        <Link to={`/cases/${appeal.instance}`}>{t("governance.appeals.case")}</Link>
      </div>
      <blockquote className="appeal-text">{appeal.text}</blockquote>
      <p className="quiet small">
        {t("governance.appeals.raised", { by: appeal.raised_by, at: moment(appeal.raised_at) })}
      </p>
      <Why run={appeal.run} />
      {appeal.state === "open" ? (
        <Answering appeal={appeal} />
      ) : (
        <>
          <p>{appeal.answer}</p>
          {appeal.answered_at !== null && (
            <p className="quiet small">
              {t("governance.appeals.answered", {
                by: appeal.answered_by,
                at: moment(appeal.answered_at),
              })}
            </p>
          )}
        </>
      )}
    </article>
  );
}

function Answering({ appeal }: { appeal: Appeal }) {
  const { t } = useWords();
  const answer = useAnswerAppeal();
  const [text, setText] = useState("");
  const send = (overturned: boolean): void => answer.mutate({ key: appeal.key, overturned, text });
  const off = text.trim() === "" || answer.isPending;
  return (
    <>
      <Input.TextArea
        aria-label={t("governance.appeals.reason")}
        placeholder={t("governance.appeals.reason")}
        value={text}
        maxLength={5000}
        onChange={(event) => setText(event.target.value)}
        style={{ marginBottom: 12 }}
      />
      {answer.error !== null && (
        <Alert type="warning" title={answer.error.message} style={{ marginBottom: 12 }} />
      )}
      <div className="row">
        <Button disabled={off} onClick={() => send(true)}>
          {t("governance.appeals.overturn")}
        </Button>
        <Button disabled={off} onClick={() => send(false)}>
          {t("governance.appeals.uphold")}
        </Button>
      </div>
    </>
  );
}
