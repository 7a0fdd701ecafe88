// One decision: its table, what is doubtful in it row by row, and trying it with inputs.
import { Alert, Button, Input, Segmented, Skeleton, Tag } from "antd";
import { lazy, Suspense, useState } from "react";
import { Link, useParams, useSearchParams } from "react-router";

import type { Shapes } from "../../api/client";
import { useDecision, useDecisionFile, useDecisions, useTryDecision } from "../../api/decisions";
import { Loaded } from "../../parts/Loaded";
import { NotThere } from "../../parts/Trouble";
import { useWords } from "../../parts/useWords";
import { useMe } from "../../shell/me";
import { Doubts } from "./Doubts";
import { inputOf } from "./trial";
import "./design.css";

type Model = Shapes["DecisionModel"];
const DecisionView = lazy(() => import("./DecisionView"));
const DecisionDesign = lazy(() => import("./DecisionDesign"));
const MODES = ["look", "edit"] as const;

export default function DecisionPage() {
  const { id = "" } = useParams();
  const { t } = useWords();
  const decisions = useDecisions();
  return (
    <main className="page">
      <Link to="/processes/decisions">{t("decisions.back")}</Link>
      <Loaded query={decisions}>
        {(data) => {
          const one = data.items.find((each) => each.id === id);
          return one === undefined ? <NotThere /> : <Decision decisionKey={one.key} />;
        }}
      </Loaded>
    </main>
  );
}

function Decision({ decisionKey }: { decisionKey: string }) {
  const { t, said } = useWords();
  const me = useMe();
  const [search, setSearch] = useSearchParams();
  const decision = useDecision(decisionKey);
  const file = useDecisionFile(decisionKey);
  const mayEdit = me.data?.may["deploy"] === true;
  const mode = mayEdit && search.get("mode") === "edit" ? "edit" : "look";
  return (
    <Loaded query={decision}>
      {(model) => (
        <>
          <div className="spread">
            <h1>
              {said(model.name)} <Tag>v{model.version}</Tag>
            </h1>
            {mayEdit && (
              <Segmented
                aria-label={t("processes.modes")}
                value={mode}
                options={MODES.map((value) => ({ value, label: t(`decisions.mode.${value}`) }))}
                onChange={(value) => setSearch({ mode: value }, { replace: true })}
              />
            )}
          </div>
          <Loaded query={file}>
            {(xml) => (
              <Suspense fallback={<Skeleton active />}>
                {mode === "edit" ? (
                  <DecisionDesign key={model.key} model={model} xml={xml} />
                ) : (
                  <Looking model={model} xml={xml} />
                )}
              </Suspense>
            )}
          </Loaded>
        </>
      )}
    </Loaded>
  );
}

function Looking({ model, xml }: { model: Model; xml: string }) {
  return (
    <>
      <DecisionView xml={xml} decision={model.id} doubtful={model.findings.map((one) => one.rule)} />
      <div className="decision-parts">
        <Doubts findings={model.findings} />
        <Trying model={model} />
      </div>
    </>
  );
}

function Trying({ model }: { model: Model }) {
  const { t, said } = useWords();
  const [inputs, setInputs] = useState<Record<string, string>>({});
  const attempt = useTryDecision();
  const go = (): void =>
    attempt.mutate({
      key: model.key,
      inputs: Object.fromEntries(model.inputs.map((name) => [name, inputOf(inputs[name] ?? "")])),
    });
  return (
    <section className="panel" aria-label={t("decisions.try")}>
      <h2>{t("decisions.try")}</h2>
      <div className="gene">
        {model.inputs.map((name) => (
          <label key={name}>
            {name}
            <Input
              value={inputs[name] ?? ""}
              onChange={(event) => setInputs({ ...inputs, [name]: event.target.value })}
              onPressEnter={go}
            />
          </label>
        ))}
      </div>
      <Button type="primary" loading={attempt.isPending} onClick={go}>
        {t("decisions.go")}
      </Button>
      {attempt.error !== null && <Alert className="tried" type="error" title={attempt.error.message} />}
      {attempt.data !== undefined && (
        <Alert
          className="tried"
          type={attempt.data.errors.length > 0 ? "warning" : "success"}
          title={<code>{JSON.stringify(attempt.data.value)}</code>}
          description={<pre className="source">{said({ ...attempt.data.explanation })}</pre>}
        />
      )}
    </section>
  );
}
