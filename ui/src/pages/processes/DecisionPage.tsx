// One decision: its table, what is doubtful in it row by row, and trying it with inputs.
import { Alert, Button, Input, Skeleton, Tag } from "antd";
import { lazy, Suspense, useState } from "react";
import { Link, useParams } from "react-router";

import type { Shapes } from "../../api/client";
import { useDecision, useDecisionFile, useDecisions, useTryDecision } from "../../api/decisions";
import { Loaded } from "../../parts/Loaded";
import { NotThere } from "../../parts/Trouble";
import { useWords } from "../../parts/useWords";
import { inputOf } from "./trial";
import "./design.css";

type Model = Shapes["DecisionModel"];
const DecisionView = lazy(() => import("./DecisionView"));

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
  const { said } = useWords();
  const decision = useDecision(decisionKey);
  const file = useDecisionFile(decisionKey);
  return (
    <Loaded query={decision}>
      {(model) => (
        <>
          <h1>
            {said(model.name)} <Tag>v{model.version}</Tag>
          </h1>
          <Loaded query={file}>
            {(xml) => (
              <Suspense fallback={<Skeleton active />}>
                <DecisionView
                  xml={xml}
                  decision={model.id}
                  doubtful={model.findings.map((one) => one.rule)}
                />
              </Suspense>
            )}
          </Loaded>
          <div className="decision-parts">
            <Doubts model={model} />
            <Trying model={model} />
          </div>
        </>
      )}
    </Loaded>
  );
}

function Doubts({ model }: { model: Model }) {
  const { t } = useWords();
  return (
    <section className="panel" aria-label={t("decisions.findings")}>
      <h2>{t("decisions.findings")}</h2>
      {model.findings.length === 0 && <p className="quiet">{t("decisions.sound")}</p>}
      <ul className="findings">
        {model.findings.map((one) => (
          <li key={`${one.where}/${one.rule}/${one.column}/${one.message}`}>
            <strong>{t(`decisions.kind.${one.kind.replaceAll(" ", "_")}`, one.kind)}</strong>{" "}
            {one.rule > 0 && t("decisions.row", { row: one.rule })} {one.message}{" "}
            <span className="quiet">
              {Object.entries(one.example)
                .map(([name, value]) => `${name} = ${String(value)}`)
                .join(", ")}
            </span>
          </li>
        ))}
      </ul>
    </section>
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
