// Two versions on one diagram: what is new or different is marked, what is gone is listed.
import { Select } from "antd";
import { useMemo, useState } from "react";

import type { Shapes } from "../../api/client";
import { useModel } from "../../api/hooks";
import { LazyDiagram } from "../../diagram/LazyDiagram";
import type { Mark, Marks } from "../../diagram/marks";
import { namesOf } from "../../diagram/names";
import { Loaded } from "../../parts/Loaded";
import { useWords } from "../../parts/useWords";
import "./design.css";
import { type Differences, differences } from "./compare";

type Version = Shapes["DefinitionShape"];

export function Compare({ version, versions }: { version: Version; versions: Version[] }) {
  const { t } = useWords();
  const older = versions.filter((one) => one.key !== version.key);
  const [chosen, setChosen] = useState<string | undefined>(older[0]?.key);
  const before = useModel(chosen);
  const after = useModel(version.key);
  if (older.length === 0) return <p className="quiet">{t("processes.compare.one")}</p>;
  return (
    <>
      <label className="row compare-with">
        {t("processes.compare.with")}
        <Select
          value={chosen}
          aria-label={t("processes.compare.with")}
          options={older.map((one) => ({
            value: one.key,
            label: `${t("processes.version")} ${one.version}`,
          }))}
          onChange={setChosen}
        />
      </label>
      <Loaded query={before}>
        {(old) => <Loaded query={after}>{(now) => <Compared before={old} after={now} />}</Loaded>}
      </Loaded>
    </>
  );
}

function Compared({ before, after }: { before: string; after: string }) {
  const { t } = useWords();
  const found = useMemo(() => differences(before, after), [before, after]);
  const marks = useMemo<Marks>(
    () =>
      Object.fromEntries<Mark>([
        ...found.added.map((id): [string, Mark] => [
          id,
          { heat: { text: t("processes.compare.added"), warmth: 0 } },
        ]),
        ...found.changed.map((id): [string, Mark] => [
          id,
          { heat: { text: t("processes.compare.changed"), warmth: 1 } },
        ]),
      ]),
    [found, t],
  );
  return (
    <>
      <LazyDiagram xml={after} marks={marks} height="52vh" label={t("processes.mode.compare")} />
      <Listed found={found} before={before} after={after} />
    </>
  );
}

function Listed({ found, before, after }: { found: Differences; before: string; after: string }) {
  const { t, said } = useWords();
  const names = useMemo(() => new Map([...namesOf(before), ...namesOf(after)]), [before, after]);
  const kinds = (["added", "changed", "removed"] as const).filter((kind) => found[kind].length > 0);
  if (kinds.length === 0) return <p className="quiet">{t("processes.compare.same")}</p>;
  return (
    <dl className="panel differences">
      {kinds.map((kind) => (
        <div key={kind}>
          <dt>{t(`processes.compare.${kind}`)}</dt>
          <dd>{found[kind].map((id) => said(names.get(id) ?? id)).join(", ")}</dd>
        </div>
      ))}
    </dl>
  );
}
