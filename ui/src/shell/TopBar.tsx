// The top bar: search, language, light or dark, who I am.
import { MoonOutlined, SunOutlined, UserOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Dropdown } from "antd";

import { api } from "../api/client";
import { chooseLanguage, currentLanguage } from "../i18n";
import { useWords } from "../parts/useWords";
import type { Mode } from "../theme";
import type { Me } from "./me";

interface Props {
  me: Me;
  mode: Mode;
  onMode: (mode: Mode) => void;
}

export function TopBar({ me, mode, onMode }: Props) {
  const { t, said } = useWords();
  const client = useQueryClient();
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
          menu={{ items: [{ key: "out", label: t("app.signOut") }], onClick: () => void signOut() }}
        >
          <Button type="text" icon={<UserOutlined />} className="clip" style={{ maxWidth: 260 }}>
            {said(me.name)}
          </Button>
        </Dropdown>
      </div>
    </header>
  );
}
