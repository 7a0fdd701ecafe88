// Try it: one case of the model as drawn, on a virtual clock. Nothing is called and nothing is kept.
import { Alert, Button, Drawer, Input, Timeline } from "antd";
import { useMemo, useState } from "react";

import { type ModelFile, type TrialResult, useNeeded, useTry } from "../../api/deployments";
import { useForm } from "../../api/hooks";
import { namesOf, startFormOf } from "../../diagram/names";
import { LazyDiagram } from "../../diagram/LazyDiagram";
import { FormView } from "../../forms/FormView";
import type { FormSchema, Values } from "../../forms/schema";
import { useWords } from "../../parts/useWords";
import { given, trialMarks, valuesOf } from "./trial";

interface Props {
  file: ModelFile;
  process: string;
  onClose: () => void;
}

export function TryOut({ file, process, onClose }: Props) {
  const { t } = useWords();
  const [values, setValues] = useState<Values>({});
  const [variables, setVariables] = useState("");
  const [answers, setAnswers] = useState("");
  const [unfit, setUnfit] = useState(false);
  const attempt = useTry();
  const go = (): void => {
    const [more, said] = [valuesOf(variables), valuesOf(answers)];
    setUnfit(more === null || said === null);
    if (more === null || said === null) return;
    attempt.mutate({ file, process, variables: { ...values, ...more }, answers: said as never });
  };
  return (
    <Drawer open size="large" title={t("processes.try.title")} onClose={onClose}>
      <p className="quiet">{t("processes.try.lead")}</p>
      <Begins file={file} process={process} values={values} onChange={setValues} />
      <details className="draft">
        <summary>{t("processes.try.more")}</summary>
        <div className="gene">
          <label>
            {t("processes.try.variables")}
            <Input.TextArea
              className="code"
              rows={3}
              placeholder="{}"
              value={variables}
              onChange={(event) => setVariables(event.target.value)}
            />
          </label>
          <label>
            {t("processes.try.answers")}
            <Input.TextArea
              className="code"
              rows={3}
              placeholder="{}"
              value={answers}
              onChange={(event) => setAnswers(event.target.value)}
            />
          </label>
        </div>
      </details>
      <Button type="primary" className="draft" loading={attempt.isPending} onClick={go}>
        {t("processes.try.go")}
      </Button>
      {unfit && <Alert type="error" className="draft" title={t("processes.try.unfit")} />}
      {attempt.error !== null && <Alert type="error" className="draft" title={attempt.error.message} />}
      {attempt.data !== undefined && <Result xml={file.text} result={attempt.data} />}
    </Drawer>
  );
}

interface BeginsProps extends Omit<Props, "onClose"> {
  values: Values;
  onChange: (values: Values) => void;
}

/** What the case begins with: the form of its start, or a field for each variable that the model needs. */
function Begins({ file, process, values, onChange }: BeginsProps) {
  const form = useForm(startFormOf(file.text, process));
  const needed = useNeeded(file, process);
  if (form.data !== undefined)
    return <FormView schema={form.data as unknown as FormSchema} values={values} onChange={onChange} />;
  return <Needed names={needed.data ?? []} onChange={onChange} />;
}

function Needed({ names, onChange }: { names: readonly string[]; onChange: (values: Values) => void }) {
  const { t } = useWords();
  const [typed, setTyped] = useState<Record<string, string>>({});
  const type = (name: string, text: string): void => {
    const next = { ...typed, [name]: text };
    setTyped(next);
    onChange(given(next));
  };
  if (names.length === 0) return <p className="quiet">{t("processes.try.nothing")}</p>;
  return (
    <div className="gene">
      {names.map((name) => (
        <label key={name}>
          {name.replaceAll("_", " ")}
          <Input
            value={typed[name] ?? ""}
            placeholder={t("processes.try.value")}
            onChange={(event) => type(name, event.target.value)}
          />
        </label>
      ))}
    </div>
  );
}

function Result({ xml, result }: { xml: string; result: TrialResult }) {
  const { t, said, moment, language } = useWords();
  const names = useMemo(() => namesOf(xml), [xml]);
  const marks = useMemo(() => trialMarks(result), [result]);
  const name = (id: string): string => said(names.get(id) ?? id);
  return (
    <>
      <Alert
        className="draft"
        type={result.state === "completed" ? "success" : "warning"}
        title={t(`processes.try.state.${result.stopped ?? result.state}`)}
        description={[
          ...result.incidents.map((one) => `${name(one.element)}: ${one.message}`),
          ...result.waits_for.map((one) =>
            t("processes.try.waits", { element: name(one.element), message: one.message }),
          ),
        ].join("; ")}
      />
      <LazyDiagram key={language} xml={xml} marks={marks} height={280} label={t("processes.try.title")} />
      <h3>{t("processes.try.steps")}</h3>
      <Timeline
        items={result.steps
          .filter((one) => one.type === "ElementCompleted" && names.has(one.element))
          .map((one, key) => ({ key, content: `${moment(one.at)} · ${name(one.element)}` }))}
      />
      <h3>{t("processes.try.ended")}</h3>
      <pre className="source">{JSON.stringify(result.variables, null, 2)}</pre>
    </>
  );
}
