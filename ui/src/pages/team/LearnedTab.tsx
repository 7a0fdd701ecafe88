// What it learned: rules in force with source, use and effect; suggestions to decide; disagreements; corrections.
import { Empty } from "antd";

import { type Employee, useLearned } from "../../api/employees";
import { Loaded } from "../../parts/Loaded";
import { useWords } from "../../parts/useWords";
import { mayAny, useMe } from "../../shell/me";
import { Corrections } from "./Corrections";
import { Rule } from "./Rule";
import { Suggestion } from "./Suggestion";

export function LearnedTab({ employee }: { employee: Employee }) {
  const { t } = useWords();
  const learned = useLearned(employee.id);
  const me = useMe();
  const teaches = me.data !== undefined && mayAny(me.data, ["teach_agent"]);
  const people = Object.entries(employee.learned_from);
  const nothing = (say: string) => <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={say} />;
  return (
    <>
      {people.length > 0 && (
        <p className="quiet">
          {t("team.learned.from")}{" "}
          {people.map(([person, count]) => t("team.learned.times", { person, count })).join(", ")}
        </p>
      )}
      <Loaded query={learned}>
        {(data) => (
          <>
            <h2>{t("team.learned.rules")}</h2>
            {data.rules.length === 0 && nothing(t("team.learned.noRules"))}
            <div className="learned">
              {data.rules.map((one) => (
                <Rule key={one.rule} employee={employee.id} rule={one} teaches={teaches} />
              ))}
            </div>
            <h2>{t("team.learned.suggested")}</h2>
            {data.proposals.length === 0 && nothing(t("team.learned.noSuggestions"))}
            <div className="learned">
              {data.proposals.map((one) => (
                <Suggestion key={one.name} employee={employee.id} suggestion={one} teaches={teaches} />
              ))}
            </div>
            {data.contradictions.length > 0 && <h2>{t("team.learned.disagree")}</h2>}
            <div className="learned">
              {data.contradictions.map((one) => (
                <section className="panel" key={`${one.context} ${one.field}`}>
                  <strong>“{one.context}”</strong>
                  {one.answers.map((each) => (
                    <div key={each.became}>
                      {t("team.learned.disagreed", { people: each.people.join(", "), became: each.became })}
                    </div>
                  ))}
                </section>
              ))}
            </div>
            <Corrections employee={employee.id} corrections={data.corrections} teaches={teaches} />
          </>
        )}
      </Loaded>
    </>
  );
}
