// The whole workbench: theme, language, and which place stands at which address.
import { App as AntApp, ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Route, Routes } from "react-router";

import { currentLanguage } from "./i18n";
import { PLACES } from "./places";
import { useMode } from "./shell/mode";
import { Shell } from "./shell/Shell";
import { themeFor } from "./theme";
import { NotThere } from "./parts/Trouble";

export function App() {
  const { i18n } = useTranslation();
  const [mode, setMode] = useMode();
  const language = i18n.language === "zh" ? "zh" : "en";
  useEffect(() => {
    dayjs.locale(language === "zh" ? "zh-cn" : "en");
  }, [language]);
  return (
    <ConfigProvider theme={themeFor(mode)} locale={currentLanguage() === "zh" ? zhCN : enUS}>
      <AntApp style={{ height: "100%" }}>
        <Routes>
          <Route element={<Shell mode={mode} onMode={setMode} />}>
            {PLACES.flatMap((place) =>
              place.routes.map((route) => (
                <Route key={route.path} path={route.path} element={<route.view />} />
              )),
            )}
            <Route path="*" element={<NotThere />} />
          </Route>
        </Routes>
      </AntApp>
    </ConfigProvider>
  );
}
