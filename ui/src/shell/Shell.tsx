// The frame around every place: rail, top bar, and what happens when nobody is signed in.
import { Alert, Spin } from "antd";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Outlet, useSearchParams } from "react-router";

import { useEvents } from "../api/events";
import { isNotSignedIn } from "../api/query";
import { Boundary } from "../parts/Boundary";
import { SignedOut, Trouble } from "../parts/Trouble";
import type { Mode } from "../theme";
import { type Me, useMe } from "./me";
import { Rail } from "./Rail";
import { TopBar } from "./TopBar";

interface Props {
  mode: Mode;
  onMode: (mode: Mode) => void;
}

export function Shell(props: Props) {
  const me = useMe();
  const [search] = useSearchParams();
  if (me.data) return <Frame {...props} me={me.data} />;
  if (isNotSignedIn(me.error)) return <SignedOut linkUsed={search.get("link") === "used"} />;
  if (me.error) return <Trouble error={me.error} onRetry={() => void me.refetch()} />;
  return <Spin fullscreen />;
}

function Frame({ me, mode, onMode }: Props & { me: Me }) {
  const { t } = useTranslation();
  const heard = useEvents(["tasks", "instances", "live"]);
  return (
    <div className="shell">
      <a className="skip" href="#content">
        {t("app.skip")}
      </a>
      <Rail me={me} />
      <div className="beside-rail">
        <TopBar me={me} mode={mode} onMode={onMode} />
        {!heard && <Alert banner type="warning" title={t("error.unreachable")} />}
        <div id="content" tabIndex={-1} className="content">
          <Boundary>
            <Suspense fallback={<Spin style={{ display: "block", margin: 80 }} />}>
              <Outlet />
            </Suspense>
          </Boundary>
        </div>
      </div>
    </div>
  );
}
