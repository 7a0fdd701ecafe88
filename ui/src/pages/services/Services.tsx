// Services: what there is to call, what was called, and what may be spent.
import type { ComponentType } from "react";
import { useLocation } from "react-router";

import { SubPlaces } from "../../parts/SubPlaces";
import { useWords } from "../../parts/useWords";
import { Budgets } from "./Budgets";
import { CallSearch } from "./CallSearch";
import { ServiceList } from "./ServiceList";
import "./services.css";

const FIRST = { name: "all", to: "/services", view: ServiceList };
const TABS: readonly { name: string; to: string; view: ComponentType }[] = [
  FIRST,
  { name: "calls", to: "/services/calls", view: CallSearch },
  { name: "budgets", to: "/services/budgets", view: Budgets },
];

export default function Services() {
  const { t } = useWords();
  const { pathname } = useLocation();
  const chosen = TABS.find((one) => one.to === pathname) ?? FIRST;
  return (
    <main className="page services-place">
      <h1>{t("services.title")}</h1>
      <p className="lead">{t("services.lead")}</p>
      <SubPlaces
        label={t("services.title")}
        here={chosen.name}
        items={TABS.map(({ name, to }) => ({ name, to, label: t(`services.tab.${name}`) }))}
      />
      <chosen.view />
    </main>
  );
}
