// The battle map: money in flight, and the architecture of the company with what is there now.
import { Link, Navigate } from "react-router";

import { useLandscape } from "../../api/hooks";
import { usePreference } from "../../api/preferences";
import { useCompany } from "../../api/setup";
import { Architecture } from "../../architecture/Architecture";
import { Loaded } from "../../parts/Loaded";
import { useWords } from "../../parts/useWords";
import { mayAny, useMe } from "../../shell/me";
import "./home.css";
import { MoneyInFlight } from "./MoneyInFlight";

export default function Home() {
  const { t } = useWords();
  const landscape = useLandscape();
  const company = useCompany();
  const me = useMe();
  const [leftSetup] = usePreference<boolean>("setup");
  if (company.data?.first_run === true && leftSetup === null) return <Navigate to="/setup" replace />;
  return (
    <main className="page">
      <div className="spread">
        <h1>{t("home.title")}</h1>
        {me.data !== undefined && mayAny(me.data, ["measure"]) && (
          <Link to="/digest">{t("place.digest")}</Link>
        )}
      </div>
      <p className="lead">{t("home.lead")}</p>
      <Loaded
        query={landscape}
        empty={{ when: (data) => data.places.every((one) => one.process === null), say: t("home.nothing") }}
      >
        {(data) => (
          <>
            <MoneyInFlight stages={data.money} />
            <Architecture landscape={data} />
          </>
        )}
      </Loaded>
    </main>
  );
}
