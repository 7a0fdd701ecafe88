// The parts of the place of processes.
import { SubPlaces } from "../../parts/SubPlaces";
import { useWords } from "../../parts/useWords";
import { useMe } from "../../shell/me";

export function Parts({ here }: { here: "processes" | "decisions" }) {
  const { t } = useWords();
  const me = useMe();
  if (me.data?.may["see_rights"] !== true) return null;
  const items = [
    { name: "processes", label: t("processes.title"), to: "/processes" },
    { name: "decisions", label: t("decisions.title"), to: "/processes/decisions" },
  ];
  return <SubPlaces label={t("processes.title")} items={items} here={here} />;
}
