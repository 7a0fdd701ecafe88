// The top bar: copilot, language, light or dark, who I am.
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";

import { api } from "../api/client";
import { Opener } from "../copilot/Opener";
import { chooseLanguage, currentLanguage } from "../i18n";
import { MoonOutlined, SunOutlined, UserOutlined } from "../parts/icons";
import { PLACES } from "../places";
import { useWords } from "../parts/useWords";
import { Button } from "../plain/controls";
import { Menu } from "../plain/Menu";
import { mayAny, type Me } from "./me";
import { useMode } from "./mode";

interface Props {
  me: Me;
  /** Whether the copilot stands beside the page. */
  helped: boolean;
  onHelp: () => void;
}

export function TopBar({ me, helped, onHelp }: Props) {
  const { t, said } = useWords();
  const [mode, setMode] = useMode();
  const client = useQueryClient();
  const navigate = useNavigate();
  const signOut = async (): Promise<void> => {
    await api.POST("/api/v1/sign-out");
    client.clear();
    location.assign("/");
  };
  return (
    <header className="spread top-bar">
      <span />
      <div className="row" style={{ flexWrap: "nowrap", minWidth: 0 }}>
        <Opener open={helped} onToggle={onHelp} />
        <Button look="text" onClick={() => chooseLanguage(currentLanguage() === "zh" ? "en" : "zh")}>
          {t("app.language")}
        </Button>
        <Button
          look="text"
          aria-label={t(mode === "dark" ? "app.light" : "app.dark")}
          onClick={() => setMode(mode === "dark" ? "light" : "dark")}
        >
          {mode === "dark" ? <SunOutlined /> : <MoonOutlined />}
        </Button>
        <Menu
          look="text"
          label={
            <>
              <UserOutlined />
              <span className="clip">{said(me.name)}</span>
            </>
          }
          choices={[
            ...PLACES.filter((one) => one.offRail === true && mayAny(me, one.may)).map((one) => ({
              key: one.to,
              label: t(`place.${one.name}`),
            })),
            { key: "out", label: t("app.signOut") },
          ]}
          onChoose={(key) => void (key === "out" ? signOut() : navigate(key))}
        />
      </div>
    </header>
  );
}
