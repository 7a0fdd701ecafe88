// One service: whether it answers, what it offers, which version takes the calls, who uses it.
import type { ComponentType } from "react";
import { Link, useParams } from "react-router";

import { type Service, useService } from "../../api/services";
import { Loaded } from "../../parts/Loaded";
import { SubPlaces } from "../../parts/SubPlaces";
import { ArrowLeftOutlined } from "../../parts/icons";
import { useWords } from "../../parts/useWords";
import { CallTable } from "./CallTable";
import { Caring } from "./Caring";
import { Health } from "./Health";
import { gone } from "./gone";
import { Operations } from "./Operations";
import { useServiceName } from "./useServiceName";
import { Users } from "./Users";
import { Versions } from "./Versions";
import "./services.css";

interface Part {
  name: string;
  view: ComponentType<{ service: Service }>;
}

const FIRST: Part = { name: "operations", view: Operations };
const PARTS: readonly Part[] = [
  FIRST,
  { name: "versions", view: Versions },
  { name: "users", view: Users },
  {
    name: "calls",
    view: ({ service }) => <CallTable calls={service.last_calls} currency={service.currency} />,
  },
];

export default function ServicePage() {
  const { t, number, money, day } = useWords();
  const nameOf = useServiceName();
  const { name = "", part } = useParams();
  const service = useService(name);
  return (
    <main className="page services-place">
      <Link to="/services" className="small">
        <ArrowLeftOutlined /> {t("services.back")}
      </Link>
      <Loaded query={service}>
        {(data) => {
          const parts = PARTS.filter((one) => one.name !== "versions" || data.kind !== "built_in");
          const chosen = parts.find((one) => one.name === part) ?? FIRST;
          const figures: [string, string][] = [
            [t("services.calls"), number(data.use.calls)],
            [t("services.trouble"), number(data.use.refused + data.use.failed)],
            [
              t("services.mean"),
              data.use.mean_ms === null ? "–" : t("services.ms", { value: number(data.use.mean_ms) }),
            ],
            [t("services.cost"), money(data.use.cost, data.currency)],
          ];
          return (
            <>
              <header className="spread service-head">
                <div>
                  <h1>{nameOf(data)}</h1>
                  <div className="row quiet">
                    <Health state={gone(data) ? "retired" : data.health} />
                    {data.retired_at !== null && !gone(data) && (
                      <strong>{t("services.endsOn", { day: day(data.retired_at) })}</strong>
                    )}
                    <span>{t(`services.kind.${data.kind}`)}</span>
                    <span>{t(`services.environment.${data.environment}`)}</span>
                    {data.owner !== null && (
                      <span>
                        {t("services.owner")}: {data.owner}
                      </span>
                    )}
                  </div>
                  {data.retired_because !== null && <p>{data.retired_because}</p>}
                </div>
                {data.kind !== "built_in" && !gone(data) && <Caring service={data} />}
              </header>
              <dl className="service-figures panel">
                {figures.map(([label, value]) => (
                  <div key={label}>
                    <dt>{label}</dt>
                    <dd className="figure">{value}</dd>
                  </div>
                ))}
              </dl>
              <p className="quiet small">{t("services.use", { days: data.days, day: day(data.until) })}</p>
              <SubPlaces
                label={nameOf(data)}
                here={chosen.name}
                items={parts.map((one) => ({
                  name: one.name,
                  label: t(`services.part.${one.name}`),
                  to: `/services/of/${data.name}/${one.name}`,
                }))}
              />
              <chosen.view service={data} />
            </>
          );
        }}
      </Loaded>
    </main>
  );
}
