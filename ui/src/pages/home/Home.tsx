// The battle map: the processes of the company as cards along the flow of value.
import { Link, Navigate } from "react-router";

import type { Shapes } from "../../api/client";
import { useLandscape } from "../../api/hooks";
import { usePreference } from "../../api/preferences";
import { useCompany } from "../../api/setup";
import { Loaded } from "../../parts/Loaded";
import { PenetrationBar } from "../../parts/PenetrationBar";
import { useWords } from "../../parts/useWords";
import { useGroups } from "../../parts/groups";
import "./home.css";

type Card = Shapes["ProcessCard"];

export default function Home() {
  const { t } = useWords();
  const landscape = useLandscape();
  const company = useCompany();
  const [leftSetup] = usePreference<boolean>("setup");
  if (company.data?.first_run === true && leftSetup === null) return <Navigate to="/setup" replace />;
  return (
    <main className="page">
      <h1>{t("home.title")}</h1>
      <p className="lead">{t("home.lead")}</p>
      <Loaded
        query={landscape}
        empty={{ when: (data) => data.processes.length === 0, say: t("home.nothing") }}
      >
        {(data) => (
          <div className="landscape">
            {data.processes.map((card) => (
              <ProcessCard key={card.key} card={card} />
            ))}
          </div>
        )}
      </Loaded>
    </main>
  );
}

function ProcessCard({ card }: { card: Card }) {
  const { t, said, number, share } = useWords();
  const group = useGroups();
  const name = said(card.name);
  return (
    <article className="panel process-card" aria-label={name}>
      <h2>
        <Link to={`/processes/${card.id}`}>{name}</Link>
      </h2>
      <dl>
        <Count
          label={t("home.running")}
          value={number(card.active)}
          to={`/cases?process=${card.id}&state=active`}
        />
        <Count
          label={t("home.waiting")}
          value={number(card.waiting)}
          to="/inbox?scope=all"
          warm={card.waiting > 0}
        />
        <Count label={t("home.late")} value={number(card.late)} to="/inbox?queue=late" warm={card.late > 0} />
        <Count
          label={t("home.incidents")}
          value={number(card.incidents)}
          to={`/processes/${card.id}`}
          bad={card.incidents > 0}
        />
        <Count
          label={t("home.ended")}
          value={number(card.completed)}
          to={`/cases?process=${card.id}&state=completed`}
        />
      </dl>
      <p className="quiet waits">
        {card.waiting_for
          .map((wait) => t("home.forGroup", { count: wait.count, group: group(wait.group) }))
          .join(" · ")}
      </p>
      <PenetrationBar penetration={card.penetration} />
      <p className="quiet">
        {card.aar === null ? t("home.noFigures") : t("home.touchless", { share: share(card.aar) })}
      </p>
    </article>
  );
}

function Count(props: { label: string; value: string; to: string; warm?: boolean; bad?: boolean }) {
  const tone = props.bad ? "bad" : props.warm ? "warm" : "";
  return (
    <div>
      <dt>{props.label}</dt>
      <dd className={`figure ${tone}`}>
        <Link to={props.to}>{props.value}</Link>
      </dd>
    </div>
  );
}
