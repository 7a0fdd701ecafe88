// The frame around every place: rail, top bar, and what happens when nobody is signed in.
import { lazy, Suspense, useCallback, useState } from "react";
import { Outlet, useSearchParams } from "react-router";

import { useEvents } from "../api/events";
import { isNotSignedIn } from "../api/query";
import { Boundary } from "../parts/Boundary";
import { Trouble } from "../parts/Trouble";
import { useWords } from "../parts/useWords";
import { Notice, OnItsWay } from "../plain/controls";
import { Telling } from "../plain/Telling";
import { type Me, useMe } from "./me";
import { Rail } from "./Rail";
import { SignIn } from "./SignIn";
import { TopBar } from "./TopBar";

const Copilot = lazy(() => import("../copilot/Copilot"));

export function Shell() {
  const { t } = useWords();
  const me = useMe();
  const [search] = useSearchParams();
  if (me.data) return <Frame me={me.data} />;
  if (isNotSignedIn(me.error)) return <SignIn linkUsed={search.get("link") === "used"} />;
  if (me.error) return <Trouble error={me.error} onRetry={() => void me.refetch()} />;
  return <OnItsWay label={t("app.loading")} />;
}

function Frame({ me }: { me: Me }) {
  const { t } = useWords();
  const [helped, setHelped] = useState(false);
  const toggle = useCallback(() => setHelped((before) => !before), []);
  const heard = useEvents(["tasks", "instances", "live"]);
  return (
    <div className="shell">
      <a className="skip" href="#content">
        {t("app.skip")}
      </a>
      <Rail me={me} />
      <div className="beside-rail">
        <TopBar me={me} helped={helped} onHelp={toggle} />
        {!heard && <Notice kind="warning">{t("error.unreachable")}</Notice>}
        <div id="content" tabIndex={-1} className="content">
          <Boundary>
            <Suspense fallback={<OnItsWay label={t("app.loading")} />}>
              <Outlet />
            </Suspense>
          </Boundary>
        </div>
      </div>
      {helped && (
        <Suspense fallback={null}>
          <Copilot onClose={toggle} />
        </Suspense>
      )}
      <Telling />
    </div>
  );
}
