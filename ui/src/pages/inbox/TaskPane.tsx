// One task in the order in which a person decides: what is asked, what is suggested and why, the source, the form.
import { ArrowLeftOutlined } from "@ant-design/icons";
import { Alert, Button, Grid } from "antd";
import { type FocusEvent, useMemo, useState } from "react";
import { Link } from "react-router";

import { useForm, useTask } from "../../api/hooks";
import type { FormSchema } from "../../forms/schema";
import { useGroups } from "../../parts/groups";
import { Loaded } from "../../parts/Loaded";
import { useWords } from "../../parts/useWords";
import { isGone, type WholeTask } from "./answering";
import { Confirm } from "./Confirm";
import { wordingsOf } from "./places";
import { Source } from "./Source";
import { Suggestion } from "./Suggestion";
import { useCaseValues } from "./useCaseValues";
import { WorkForm } from "./WorkForm";

interface Props {
  taskKey: string;
  onAnswered: () => void;
  onBack: () => void;
}

export function TaskPane({ taskKey, onAnswered, onBack }: Props) {
  const { t } = useWords();
  const task = useTask(taskKey);
  const wide = Grid.useBreakpoint().md === true;
  return (
    <>
      {!wide && (
        <Button type="text" icon={<ArrowLeftOutlined />} onClick={onBack}>
          {t("inbox.cancel")}
        </Button>
      )}
      {task.data !== undefined && isGone(task.error) && (
        <Alert
          type="info"
          showIcon
          title={t("inbox.gone")}
          style={{ marginBottom: 12 }}
          action={<Button onClick={onAnswered}>{t("inbox.next")}</Button>}
        />
      )}
      <Loaded query={task}>{(data) => <Asked task={data} onAnswered={onAnswered} />}</Loaded>
    </>
  );
}

function Asked({ task, onAnswered }: { task: WholeTask; onAnswered: () => void }) {
  const { t, said, since } = useWords();
  const group = useGroups();
  return (
    <article>
      <h2>{said(task.title ?? task.name)}</h2>
      <p className="row quiet" style={{ marginTop: 0 }}>
        {task.case !== null && (
          <Link to={`/cases/${task.instance}`}>{t("inbox.case", { case: task.case })}</Link>
        )}
        <span>{t("inbox.waits", { span: since(task.created_at) })}</span>
        <span>{task.candidate_groups.map(group).join(", ")}</span>
        {task.assignee !== null && <span>{t("inbox.taken", { who: task.assignee })}</span>}
      </p>
      {task.kind === "approval" ? (
        <Confirm task={task} onAnswered={onAnswered} />
      ) : (
        <Beside task={task} onAnswered={onAnswered} />
      )}
    </article>
  );
}

/** The form beside the document; what is worked on in the form is shown in the document. */
function Beside({ task, onAnswered }: { task: WholeTask; onAnswered: () => void }) {
  const [focus, setFocus] = useState("");
  const wordings = useMemo(() => wordingsOf(task.payload["values"]), [task.payload]);
  const follow = ({ target }: FocusEvent): void => setFocus(wordingBy(target, wordings) ?? "");
  return (
    <div className="two">
      <div onFocus={follow}>
        <Suggestion task={task} />
        <Answering task={task} onAnswered={onAnswered} />
      </div>
      <Source instance={task.instance} wordings={wordings} focus={focus} />
    </div>
  );
}

/** The wording that the field in focus, or its row in a list, is about. */
function wordingBy(field: Element, wordings: readonly string[]): string | undefined {
  const row = field.closest("tr");
  const cells = row === null ? [field] : [...row.querySelectorAll("output, input, textarea")];
  const texts = cells.map((cell) => ("value" in cell ? String(cell.value) : cell.textContent));
  return wordings.find((wording) => texts.includes(wording));
}

const NO_FORM: FormSchema = { id: "", components: [] };

function Answering({ task, onAnswered }: { task: WholeTask; onAnswered: () => void }) {
  const form = useForm(task.form);
  const about = useCaseValues(task);
  if (task.form !== null && form.data === undefined) return <Loaded query={form}>{() => null}</Loaded>;
  if (about === undefined) return null;
  const schema = (form.data as FormSchema | undefined) ?? NO_FORM;
  return <WorkForm task={task} schema={schema} about={about} onAnswered={onAnswered} />;
}
