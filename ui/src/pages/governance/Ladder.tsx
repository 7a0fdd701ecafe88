// The authority ladder in words: the first sentence that fits decides.
import { Link } from "react-router";

import { useWho } from "../../api/governance";
import { ActorMark } from "../../parts/Actor";
import { useGroups } from "../../parts/groups";
import { Loaded } from "../../parts/Loaded";
import { useWords } from "../../parts/useWords";
import type { ActorKind } from "../../theme";
import { condition, demand, type LadderRow, type Phrase, plain } from "./ladder";

/** Who acts by such a sentence, as the glyph that stands for them everywhere. */
const ACTORS: Record<string, ActorKind> = {
  "then.automatic": "agent",
  "then.notify": "agent",
  "then.confirm": "waiting",
  "then.person": "person",
};

export function Ladder() {
  const { t } = useWords();
  const who = useWho();
  return (
    <Loaded
      query={who}
      empty={{ when: (data) => data.ladder.length === 0, say: t("governance.ladder.none") }}
    >
      {(data) => (
        <>
          <p className="quiet">{t("governance.ladder.lead")}</p>
          <ol className="ladder">
            {data.ladder.map((row) => (
              <Rung key={row.rule} row={row} titles={data.titles} />
            ))}
          </ol>
          <p>
            <Link to="/processes/decisions/authority_ladder">{t("governance.ladder.asTable")}</Link>
          </p>
        </>
      )}
    </Loaded>
  );
}

function Rung({ row, titles }: { row: LadderRow; titles: Record<string, string> }) {
  const { t, said } = useWords();
  const phrase = usePhrase(titles);
  const asked = demand(row.then);
  const when = Object.entries(row.when).map(([name, test]) => phrase(condition(name, test)));
  return (
    <li className="panel">
      <div className="spread">
        <span>
          {when.length === 0 ? t("governance.ladder.always") : when.join(t("governance.ladder.and"))}
          {t("governance.ladder.arrow")}
          <strong>{phrase(asked)}</strong>
        </span>
        <span className="row grade" title={t("governance.ladder.grade")}>
          <ActorMark kind={ACTORS[asked.key] ?? "system"} size={14} />
          {plain(row.then["grade"]) || "–"}
        </span>
      </div>
      <div className="quiet">{said(plain(row.then["reason"]))}</div>
    </li>
  );
}

function usePhrase(titles: Record<string, string>): (phrase: Phrase) => string {
  const { t, said, number, share } = useWords();
  const group = useGroups();
  return ({ key, values }) => {
    const written = Object.fromEntries(
      Object.entries(values).map(([name, value]) => {
        if (key.startsWith("amount.")) return [name, number(Number(value))];
        if (key.startsWith("confidence.")) return [name, share(Number(value))];
        if (key === "operation") return [name, said(titles[value] ?? value)];
        if (name === "role" && value !== "") return [name, group(value)];
        if (key === "effect" || key === "actor_kind") return [name, t(`governance.${key}.${value}`, value)];
        return [name, value];
      }),
    );
    const single = key === "then.confirm" && values["count"] === "1" ? "then.confirmOne" : key;
    return t(`governance.ladder.${single}`, written);
  };
}
