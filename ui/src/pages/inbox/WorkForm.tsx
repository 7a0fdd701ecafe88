// The form of a review or a drawn task, with its actions.
import { useState } from "react";

import { FormView } from "../../forms/FormView";
import { changed, type FormSchema, missing, type Values } from "../../forms/schema";
import { useKeys } from "../../parts/useKeys";
import { useWords } from "../../parts/useWords";
import { Button } from "../../plain/controls";
import { tell } from "../../plain/tell";
import { type Outcome, useAnswer, useFault, type WholeTask } from "./answering";
import { useDraft } from "./draft";
import { Operations } from "./Operations";
import type { CaseValues } from "./useCaseValues";

interface Props {
  task: WholeTask;
  schema: FormSchema;
  about: CaseValues;
  onAnswered: () => void;
}

export function WorkForm({ task, schema, about, onAnswered }: Props) {
  const { t } = useWords();
  const draft = useDraft(task.key, schema, about.base, about.first);
  const { values } = draft;
  const [wanting, setWanting] = useState<string[]>([]);
  const [rejecting, setRejecting] = useState(false);
  const answer = useAnswer();
  const fault = useFault();
  const edits = changed(schema, about.base, values);
  const edited = Object.keys(edits).length > 0;

  const send = (outcome: Outcome, more: Values = {}): void => {
    const lacking = outcome === "rejected" ? [] : missing(schema, values);
    setWanting(lacking);
    if (lacking.length > 0) return;
    answer.mutate(
      { key: task.key, outcome, answer: { ...(outcome === "rejected" ? {} : edits), ...more } },
      {
        onSuccess: () => {
          draft.forget();
          tell("success", t("inbox.done"));
          onAnswered();
        },
        onError: (error) => tell("warning", fault(error)),
      },
    );
  };
  const review = task.kind === "review";
  const accept = (): void => send(review ? (edited ? "edited" : "accepted") : "completed");
  useKeys({
    a: accept,
    e: () => document.querySelector<HTMLElement>(".inbox-task input, .inbox-task textarea")?.focus(),
    r: () => review && setRejecting(true),
  });
  return (
    <>
      <FormView
        schema={schema}
        values={values}
        onChange={draft.change}
        wanting={wanting}
        disabled={answer.isPending}
      />
      {rejecting ? (
        <Rejecting
          busy={answer.isPending}
          onBack={() => setRejecting(false)}
          onReject={(note) => send("rejected", { note })}
        />
      ) : (
        <div className="actions">
          <Button look="primary" busy={answer.isPending} onClick={accept}>
            {t(review ? (edited ? "inbox.edit" : "inbox.accept") : "inbox.complete")}
          </Button>
          {review && (
            <Button look="danger" onClick={() => setRejecting(true)}>
              {t("inbox.reject")}
            </Button>
          )}
          <Operations task={task} onDone={onAnswered} />
          <output className="quiet small">{draft.state !== "none" && t(`inbox.draft.${draft.state}`)}</output>
        </div>
      )}
    </>
  );
}

function Rejecting(props: { busy: boolean; onBack: () => void; onReject: (note: string) => void }) {
  const { t } = useWords();
  const [note, setNote] = useState("");
  return (
    <div className="actions">
      <label style={{ width: "100%" }}>
        {t("inbox.because")}
        <textarea
          className="input"
          autoFocus
          rows={2}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </label>
      <Button
        look="danger"
        busy={props.busy}
        disabled={note.trim() === ""}
        onClick={() => props.onReject(note)}
      >
        {t("inbox.reject")}
      </Button>
      <Button onClick={props.onBack}>{t("inbox.cancel")}</Button>
    </div>
  );
}
