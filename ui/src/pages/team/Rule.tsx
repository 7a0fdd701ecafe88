// A rule in force: what it says, whose corrections it came from, how often it was used, and its effect.
import { App, Button, Popconfirm } from "antd";

import type { Shapes } from "../../api/client";
import { useForget } from "../../api/employees";
import { useWords } from "../../parts/useWords";
import { useFieldWords } from "./useFieldWords";

interface Props {
  employee: string;
  rule: Shapes["LearnedRule"];
  teaches: boolean;
}

export function Rule({ employee, rule, teaches }: Props) {
  const { t, day } = useWords();
  const { field, value } = useFieldWords();
  const { message } = App.useApp();
  const forget = useForget(employee);
  const send = (): void =>
    forget.mutate(
      { kind: "rule", key: rule.rule },
      {
        onSuccess: () => void message.success(t("team.learned.done")),
        onError: (error) => void message.warning(error.message),
      },
    );
  return (
    <section className="panel" aria-label={rule.context}>
      <div className="spread">
        <strong>
          {t("team.learned.rule", {
            context: rule.context,
            field: field(rule.field),
            becomes: value(rule.becomes),
          })}
        </strong>
        {teaches && (
          <Popconfirm
            title={t("team.learned.forget")}
            description={t("team.learned.forgetHow")}
            okText={t("team.learned.forget")}
            onConfirm={send}
          >
            <Button size="small" loading={forget.isPending}>
              {t("team.learned.forget")}
            </Button>
          </Popconfirm>
        )}
      </div>
      <div className="quiet">
        {t("team.learned.source", {
          count: rule.supporting,
          people: rule.learned_from.join(", "),
          by: rule.accepted_by,
          day: day(rule.accepted_at),
        })}
      </div>
      <div className="quiet">
        {rule.uses === 0 ? t("team.learned.unused") : t("team.learned.uses", { count: rule.uses })}
        {rule.uses > 0 && " · "}
        {rule.uses > 0 &&
          (rule.corrected_since === 0
            ? t("team.learned.noEffect")
            : t("team.learned.effect", { count: rule.corrected_since }))}
      </div>
    </section>
  );
}
