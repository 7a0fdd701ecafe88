// How a version did beside the live one on cases that people judged, and what asking models for it cost.
import { Alert } from "antd";

import type { Compared } from "../../api/employees";
import { useWords } from "../../parts/useWords";

export function Comparison({ compared }: { compared: Compared }) {
  const { t } = useWords();
  const { asked, tokens, cost } = compared;
  const spent = asked > 0 ? t("team.release.spent", { count: asked, tokens, cost }) : "";
  if (compared.cases === 0) return <p className="quiet">{t("team.release.noCases")}</p>;
  const told = [
    t("team.release.compared", {
      cases: compared.cases,
      candidate: compared.candidate_right,
      values: compared.values,
      live: compared.live_right,
    }),
    t("team.release.unseen", { candidate: compared.candidate_unseen, live: compared.live_unseen }),
    compared.failed > 0 ? t("team.release.failed", { count: compared.failed }) : "",
    compared.loses ? t("team.release.loses") : "",
    spent,
  ];
  return (
    <Alert
      type={compared.loses ? "warning" : "info"}
      showIcon
      title={told.filter((one) => one !== "").join(" ")}
    />
  );
}
