// What needs Ant Design stands within this: its theme, words and messages. The frame and the inbox do without, so
// that they are there before it is loaded.
import { App as AntApp, ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import { type ReactNode, useEffect } from "react";
import { Outlet } from "react-router";

import {
  CheckCircleFilled,
  CloseCircleFilled,
  DownOutlined,
  EllipsisOutlined,
  ExclamationCircleFilled,
  EyeInvisibleOutlined,
  EyeOutlined,
  InfoCircleFilled,
  Named,
  SearchOutlined,
} from "./parts/icons";
import { useWords } from "./parts/useWords";
import { useMode } from "./shell/mode";
import { themeFor } from "./theme";

/** The icons that Ant Design puts beside words, as silent as ours. */
const BESIDE_WORDS = {
  successIcon: <CheckCircleFilled />,
  infoIcon: <InfoCircleFilled />,
  warningIcon: <ExclamationCircleFilled />,
  errorIcon: <CloseCircleFilled />,
};

export default function Dressed({ children = <Outlet /> }: { children?: ReactNode }) {
  const { language, t } = useWords();
  const [mode] = useMode();
  useEffect(() => {
    dayjs.locale(language === "zh" ? "zh-cn" : "en");
  }, [language]);
  return (
    <ConfigProvider
      theme={themeFor(mode)}
      locale={language === "zh" ? zhCN : enUS}
      alert={BESIDE_WORDS}
      modal={BESIDE_WORDS}
      select={{ suffixIcon: <DownOutlined /> }}
      inputSearch={{ searchIcon: <Named name={t("app.find")} children={<SearchOutlined />} /> }}
      inputPassword={{ iconRender: (seen) => (seen ? <EyeOutlined /> : <EyeInvisibleOutlined />) }}
      tabs={{ moreIcon: <Named name={t("app.more")} children={<EllipsisOutlined />} /> }}
    >
      <AntApp style={{ height: "100%" }}>{children}</AntApp>
    </ConfigProvider>
  );
}
