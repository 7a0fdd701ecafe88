// Try it: one case of the model as drawn, on a virtual clock. Nothing is called and nothing is kept.
import { Alert, Button, Drawer, Input, Timeline } from "antd";
import { useMemo, useState } from "react";

import { type ModelFile, type TrialResult, useTry } from "../../api/deployments";
import { namesOf } from "../../diagram/names";
import { LazyDiagram } from "../../diagram/LazyDiagram";
import { useWords } from "../../parts/useWords";
import { trialMarks, valuesOf } from "./trial";

export function TryOut({
  file,
  process,
  onClose,
}: {
  file: ModelFile;
  process: string;
  onClose: () => void;
}) {
  const { t } = useWords();
  const [variables, setVariables] = useState("{}");
  const [answers, setAnswers] = useState("{}");
  const [unfit, setUnfit] = useState(false);
  const attempt = useTry();
  const go = (): void => {
    const [given, said] = [valuesOf(variables), valuesOf(answers)];
    setUnfit(given === null || said === null);
    if (given === null || said === null) return;
    attempt.mutate({ file, process, variables: given, answers: said as never });
  };
  return (
    <Drawer open size="large" title={t("processes.try.title")} onClose={onClose}>
      <p className="quiet">{t("processes.try.lead")}</p>
      <div className="gene">
        <label>
          {t("processes.try.variables")}
          <Input.TextArea
            className="code"
            rows={3}
            value={variables}
            onChange={(event) => setVariables(event.target.value)}
          />
        </label>
        <label>
          {t("processes.try.answers")}
          <Input.TextArea
            className="code"
            rows={3}
            value={answers}
            onChange={(event) => setAnswers(event.target.value)}
          />
        </label>
      </div>
      <Button type="primary" className="draft" loading={attempt.isPending} onClick={go}>
        {t("processes.try.go")}
      </Button>
      {unfit && <Alert type="error" className="draft" title={t("processes.try.unfit")} />}
      {attempt.error !== null && <Alert type="error" className="draft" title={attempt.error.message} />}
      {attempt.data !== undefined && <Result xml={file.text} result={attempt.data} />}
    </Drawer>
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
