// A rule that corrections suggest, with what speaks for and against it; a person accepts or declines.
import { App, Button } from "antd";

import type { Shapes } from "../../api/client";
import { useDecide } from "../../api/employees";
import { useWords } from "../../parts/useWords";
import { useFieldWords } from "./useFieldWords";

interface Props {
  employee: string;
  suggestion: Shapes["SuggestedRule"];
  teaches: boolean;
}

export function Suggestion({ employee, suggestion, teaches }: Props) {
  const { t } = useWords();
  const { field, value } = useFieldWords();
  const { message } = App.useApp();
  const decide = useDecide(employee);
  const send = (accepted: boolean): void =>
    decide.mutate(
      { name: suggestion.name, accepted },
      {
        onSuccess: () => void message.success(t("team.learned.done")),
        onError: (error) => void message.warning(error.message),
      },
    );
  const people = [...new Set(suggestion.supporting.map((one) => one.person))].sort().join(", ");
  const tested = suggestion.held_back_right + suggestion.held_back_wrong;
  return (
    <section className="panel" aria-label={suggestion.context}>
      <strong>
        {t("team.learned.rule", {
          context: suggestion.context,
          field: field(suggestion.field),
          becomes: value(suggestion.becomes),
        })}
      </strong>{" "}
      <span className="quiet">{t("team.learned.ruleWas", { was: value(suggestion.was) })}</span>
      <div className="quiet">
        {t("team.learned.supports", { count: suggestion.supporting.length, people })}
        {suggestion.contradicting.length > 0 &&
          ` · ${t("team.learned.against", { count: suggestion.contradicting.length })}`}
        {tested > 0 &&
          ` · ${t("team.learned.heldBack", { right: suggestion.held_back_right, wrong: suggestion.held_back_wrong })}`}
      </div>
      {!suggestion.sound && <p>{t("team.learned.unsound")}</p>}
      {teaches && (
        <div className="row decide">
          <Button
            type="primary"
            disabled={!suggestion.sound}
            loading={decide.isPending}
            onClick={() => send(true)}
          >
            {t("team.learned.accept")}
          </Button>
          <Button disabled={decide.isPending} onClick={() => send(false)}>
            {t("team.learned.decline")}
          </Button>
        </div>
      )}
    </section>
  );
}
