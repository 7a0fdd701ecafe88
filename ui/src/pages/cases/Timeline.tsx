// What happened in a case, people and digital employees interleaved; machine steps are hidden unless asked for.
import { Button, Checkbox, Timeline as Line } from "antd";
import { useState } from "react";

import type { Shapes } from "../../api/client";
import { useHistory } from "../../api/hooks";
import { ActorMark, actorKind } from "../../parts/Actor";
import { Loaded } from "../../parts/Loaded";
import { useActors } from "../../parts/actors";
import { useWords } from "../../parts/useWords";

type Event = Shapes["EventShape"];
/** Events that a person would tell about. */
const TOLD = new Set([
  "InstanceStarted",
  "InstanceCompleted",
  "InstanceTerminated",
  "InstanceRevoked",
  "InstanceReopened",
  "JobCompleted",
  "JobFailed",
  "TaskCreated",
  "TaskAssigned",
  "TaskCompleted",
  "TaskReturned",
  "TaskTransferred",
  "TaskDelegated",
  "DelegationReturned",
  "TaskReminded",
  "StepWithdrawn",
  "SignersAdded",
  "SigningDecided",
  "CaseCopied",
  "WorkHandedOver",
  "MessageCorrelated",
  "IncidentRaised",
  "IncidentResolved",
  "TimerFired",
]);

interface Props {
  instance: string;
  /** Only what happened there; null for all. */
  selected?: string | null;
  /** Names lead there; without it they lead nowhere. */
  onSelect?: (element: string | null) => void;
  nameOf: (element: string) => string;
}

export function Timeline({ instance, selected = null, onSelect, nameOf }: Props) {
  const { t } = useWords();
  const history = useHistory(instance);
  const [all, setAll] = useState(false);
  return (
    <Loaded query={history}>
      {(data) => {
        const shown = data.pages
          .flatMap((page) => page.items)
          .filter(
            (event) => (all || TOLD.has(event.type)) && (selected === null || event.element === selected),
          );
        return (
          <>
            <Checkbox
              checked={all}
              onChange={(event) => setAll(event.target.checked)}
              style={{ marginBottom: 16 }}
            >
              {t("cases.all")}
            </Checkbox>
            <Line
              items={shown.map((event) => ({
                key: event.position,
                icon: <ActorMark kind={actorKind(event.actor.kind)} size={14} />,
                content: <Told event={event} nameOf={nameOf} onSelect={onSelect} />,
              }))}
            />
            {history.hasNextPage && (
              <Button loading={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
                {t("cases.more")}
              </Button>
            )}
          </>
        );
      }}
    </Loaded>
  );
}

function Told({ event, nameOf, onSelect }: { event: Event } & Pick<Props, "nameOf" | "onSelect">) {
  const { t, moment } = useWords();
  const named = useActors();
  const key = `cases.event.${event.type}`;
  const what = t(key, event.type);
  return (
    <span className="row" style={{ gap: 8 }}>
      {event.element !== null &&
        (onSelect === undefined ? (
          <strong>{nameOf(event.element)}</strong>
        ) : (
          <Button type="link" size="small" style={{ padding: 0 }} onClick={() => onSelect(event.element)}>
            {nameOf(event.element)}
          </Button>
        ))}
      <span>{what}</span>
      <span className="quiet small">
        {event.actor.kind === "system" ? "" : named(event.actor.id)}{" "}
        {event.actor.on_behalf_of !== null && `(${named(event.actor.on_behalf_of)})`}
      </span>
      <span className="quiet small figure">{moment(event.at)}</span>
    </span>
  );
}
