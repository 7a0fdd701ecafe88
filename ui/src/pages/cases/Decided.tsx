// What digital employees decided in a case: how sure, why, and a button to have somebody else look at it again.
import { App, Button, Input, Popconfirm, Tag } from "antd";
import { useState } from "react";

import { type DecisionTaken, useDecided, useExplanation, useRaiseAppeal } from "../../api/appeals";
import { text as written } from "../../forms/text";
import { ActorMark } from "../../parts/Actor";
import { Loaded } from "../../parts/Loaded";
import { useActors } from "../../parts/actors";
import { useWords } from "../../parts/useWords";
import { mayAny, useMe } from "../../shell/me";
import "./cases.css";

interface Props {
  instance: string;
  selected: string | null;
  nameOf: (element: string) => string;
}

const TONES = { open: "gold", upheld: "default", overturned: "red" };

export function Decided({ instance, selected, nameOf }: Props) {
  const { t } = useWords();
  const decided = useDecided(instance);
  return (
    <Loaded query={decided} empty={{ when: (data) => data.items.length === 0, say: t("cases.decided.none") }}>
      {(data) => (
        <ul className="decided">
          {data.items
            .filter((one) => selected === null || one.element === selected)
            .map((one) => (
              <Decision key={one.run} one={one} nameOf={nameOf} />
            ))}
        </ul>
      )}
    </Loaded>
  );
}

function Decision({ one, nameOf }: { one: DecisionTaken; nameOf: (element: string) => string }) {
  const { t, share, moment } = useWords();
  const named = useActors();
  const [open, setOpen] = useState(false);
  return (
    <li className="panel">
      <div className="spread">
        <span className="row">
          <ActorMark kind="agent" />
          <strong>{nameOf(one.element)}</strong>
          <span className="quiet small">
            {named(one.agent)} · {moment(one.at)}
          </span>
          <span>{t("cases.decided.sure", { share: share(one.confidence) })}</span>
          <Tag>{t(one.alone ? "cases.decided.alone" : "cases.decided.asked")}</Tag>
          {one.appeal !== null && (
            <Tag color={TONES[one.appeal]}>{t(`cases.decided.appeal.${one.appeal}`)}</Tag>
          )}
        </span>
        <span className="row">
          <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t("cases.decided.why")}
          </Button>
          {one.appeal === null && <Appealing run={one.run} />}
        </span>
      </div>
      {one.answer !== null && <p>{one.answer}</p>}
      {open && <Why run={one.run} />}
    </li>
  );
}

/** What the digital employee saw, what it doubted, and the rules that let it call what it called. */
export function Why({ run }: { run: string }) {
  const { t, said } = useWords();
  const explanation = useExplanation(run, true);
  return (
    <Loaded query={explanation}>
      {(data) => (
        <div>
          <p>{said(data.text)}</p>
          <ul>
            {listed(data.evidence).map((each) => (
              <li key={each}>{said(each)}</li>
            ))}
            {listed(data.doubts).map((each) => (
              <li key={each}>{t("cases.decided.doubt", { text: said(each) })}</li>
            ))}
            {data.calls.map((each, at) => (
              <li key={at}>
                {written(each["operation"])}
                <span className="quiet small"> {ruled(written(each["rule"]), said)}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Loaded>
  );
}

function Appealing({ run }: { run: string }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const me = useMe();
  const raise = useRaiseAppeal();
  const [text, setText] = useState("");
  if (me.data === undefined || !mayAny(me.data, ["appeal"])) return null;
  const send = (): void =>
    raise.mutate(
      { run, text },
      {
        onSuccess: () => void message.success(t("cases.decided.raised")),
        onError: (error) => void message.warning(error.message),
      },
    );
  return (
    <Popconfirm
      title={t("cases.decided.raise")}
      icon={null}
      placement="bottomRight"
      okText={t("cases.decided.raise")}
      okButtonProps={{ disabled: text.trim() === "" }}
      onConfirm={send}
      description={
        <div className="appeal-ask">
          <p>{t("cases.decided.raiseHow")}</p>
          <Input.TextArea
            aria-label={t("cases.decided.wrong")}
            placeholder={t("cases.decided.wrong")}
            value={text}
            maxLength={5000}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
      }
    >
      <Button size="small" loading={raise.isPending}>
        {t("cases.decided.raise")}
      </Button>
    </Popconfirm>
  );
}

/** The rule by its name, and what it says in the reader's language: "rule_11: reading changes nothing · 读取…". */
function ruled(rule: string, said: (text: string) => string): string {
  const [name, ...words] = rule.split(": ");
  return words.length === 0 ? said(rule) : `${name}: ${said(words.join(": "))}`;
}

function listed(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).map((each) => written(each)).filter((each) => each !== "");
}
