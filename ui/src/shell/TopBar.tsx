// The top bar: search, language, light or dark, who I am.
import { MoonOutlined, SunOutlined, UserOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Dropdown } from "antd";
import { useNavigate } from "react-router";

import { api } from "../api/client";
import { chooseLanguage, currentLanguage } from "../i18n";
import { PLACES } from "../places";
import { useWords } from "../parts/useWords";
import type { Mode } from "../theme";
import { mayAny, type Me } from "./me";

interface Props {
  me: Me;
  mode: Mode;
  onMode: (mode: Mode) => void;
}

export function TopBar({ me, mode, onMode }: Props) {
  const { t, said } = useWords();
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
        <Button type="text" onClick={() => chooseLanguage(currentLanguage() === "zh" ? "en" : "zh")}>
          {t("app.language")}
        </Button>
        <Button
          type="text"
          icon={mode === "dark" ? <SunOutlined /> : <MoonOutlined />}
          aria-label={t(mode === "dark" ? "app.light" : "app.dark")}
          onClick={() => onMode(mode === "dark" ? "light" : "dark")}
        />
        <Dropdown
          trigger={["click"]}
          menu={{
            items: [
              ...PLACES.filter((one) => one.offRail === true && mayAny(me, one.may)).map((one) => ({
                key: one.to,
                label: t(`place.${one.name}`),
              })),
              { key: "out", label: t("app.signOut") },
            ],
            onClick: ({ key }) => void (key === "out" ? signOut() : navigate(key)),
          }}
        >
          <Button type="text" icon={<UserOutlined />} className="clip" style={{ maxWidth: 260 }}>
            {said(me.name)}
          </Button>
        </Dropdown>
      </div>
    </header>
  );
}
