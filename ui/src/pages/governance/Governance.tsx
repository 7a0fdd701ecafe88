// Governance: who may do what and why, people, the ladder, confirmations, appeals, policies, stand-ins, the record.
import type { ComponentType } from "react";
import { useParams } from "react-router";

import { SubPlaces } from "../../parts/SubPlaces";
import { useWords } from "../../parts/useWords";
import { mayAny, useMe } from "../../shell/me";
import { Appeals } from "./Appeals";
import { AuditRecord } from "./AuditRecord";
import { Confirmations } from "./Confirmations";
import { Ladder } from "./Ladder";
import { People } from "./People";
import { Policies } from "./Policies";
import { Rights } from "./Rights";
import { StandIns } from "./StandIns";
import "./governance.css";

interface Tab {
  name: string;
  /** Actions of `me.may`, one of which opens it; empty: everyone. */
  may: readonly string[];
  view: ComponentType;
}

const TABS: readonly Tab[] = [
  { name: "rights", may: ["see_rights"], view: Rights },
  { name: "people", may: ["manage_people"], view: People },
  { name: "ladder", may: ["see_rights"], view: Ladder },
  { name: "confirmations", may: ["do_task"], view: Confirmations },
  { name: "appeals", may: ["answer_appeal"], view: Appeals },
  { name: "policies", may: ["see_rights"], view: Policies },
  { name: "standIns", may: [], view: StandIns },
  { name: "record", may: ["audit"], view: AuditRecord },
];

export default function Governance() {
  const { t } = useWords();
  const { tab } = useParams();
  const me = useMe();
  const open = TABS.filter((one) => me.data !== undefined && mayAny(me.data, one.may));
  const chosen = open.find((one) => one.name === tab) ?? open[0];
  return (
    <main className="page">
      <h1>{t("governance.title")}</h1>
      <p className="lead">{t("governance.lead")}</p>
      {chosen !== undefined && (
        <>
          <SubPlaces
            label={t("governance.title")}
            here={chosen.name}
            items={open.map(({ name }) => ({
              name,
              label: t(`governance.tab.${name}`),
              to: `/governance/${name}`,
            }))}
          />
          <chosen.view />
        </>
      )}
    </main>
  );
}
