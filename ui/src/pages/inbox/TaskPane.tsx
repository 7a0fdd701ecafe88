// One task in the order in which a person decides: what is asked, what is suggested and why, the source, the form.
import { type ComponentType, type FocusEvent, lazy, Suspense, useMemo, useState } from "react";
import { Link } from "react-router";

import { useForm, useTask } from "../../api/hooks";
import type { FormSchema } from "../../forms/schema";
import { useGroups } from "../../parts/groups";
import { Loaded } from "../../parts/Loaded";
import { ArrowLeftOutlined } from "../../parts/icons";
import { useWords } from "../../parts/useWords";
import { Button, Notice, OnItsWay } from "../../plain/controls";
import { useWide } from "../../plain/useWide";
import { isGone, type WholeTask } from "./answering";
import { Confirm } from "./Confirm";
import { wordingsOf } from "./places";
import { Source } from "./Source";
import { Suggestion } from "./Suggestion";
import { useCaseValues } from "./useCaseValues";
import { WorkForm } from "./WorkForm";

const Standing = lazy(() => import("./Standing"));
const History = lazy(() => import("../cases/TaskHistory"));

interface Props {
  taskKey: string;
  onAnswered: () => void;
  onBack: () => void;
}

export function TaskPane({ taskKey, onAnswered, onBack }: Props) {
  const { t } = useWords();
  const task = useTask(taskKey);
  const wide = useWide();
  return (
    <>
      {!wide && (
        <Button look="text" onClick={onBack}>
          <ArrowLeftOutlined /> {t("inbox.cancel")}
        </Button>
      )}
      {task.data !== undefined && isGone(task.error) && (
        <Notice kind="info" action={<Button onClick={onAnswered}>{t("inbox.next")}</Button>}>
          {t("inbox.gone")}
        </Notice>
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
      <Behind name={t("inbox.told")} task={task} view={History} />
      <Behind name={t("inbox.standing")} task={task} view={Standing} />
    </article>
  );
}

interface BehindProps {
  name: string;
  task: WholeTask;
  view: ComponentType<{ task: WholeTask }>;
}

/** What stands behind a task, for whoever wants to see it: its history, its place in the diagram. */
function Behind({ name, task, view: View }: BehindProps) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{name}</summary>
      {open && (
        <Suspense fallback={<OnItsWay label={t("app.loading")} />}>
          <View task={task} />
        </Suspense>
      )}
    </details>
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
