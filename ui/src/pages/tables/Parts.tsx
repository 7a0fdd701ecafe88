// Tables, papers and imports beside each other.
import { SubPlaces } from "../../parts/SubPlaces";
import { useWords } from "../../parts/useWords";
import { mayAny, useMe } from "../../shell/me";

const PARTS = [
  { name: "tables", to: "/tables", may: [] },
  { name: "papers", to: "/tables/papers", may: [] },
  { name: "imports", to: "/imports", may: ["keep_records"] },
] as const;

export function Parts({ here }: { here: (typeof PARTS)[number]["name"] }) {
  const { t } = useWords();
  const me = useMe();
  const items = PARTS.filter((one) => me.data !== undefined && mayAny(me.data, one.may));
  return (
    <SubPlaces
      label={t("tables.title")}
      here={here}
      items={items.map(({ name, to }) => ({ name, to, label: t(`tables.parts.${name}`) }))}
    />
  );
}
