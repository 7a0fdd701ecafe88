// A decision is edited: its table, what is doubtful in it as it changes, its unit tests beside it, and putting it in
// force. What is typed is kept in this browser until it is deployed or thrown away.
import { Alert, App, Button, Input } from "antd";
import { useCallback, useEffect, useRef, useState } from "react";

import type { Shapes } from "../../api/client";
import { useExamine } from "../../api/decisions";
import { type Finding, useDeploy } from "../../api/deployments";
import { useFault } from "../../parts/useFault";
import { useWords } from "../../parts/useWords";
import { Doubts } from "./Doubts";
import { Findings } from "./Findings";
import { Tabling } from "./tabling";
import "./design.css";

type Model = Shapes["DecisionModel"];

/** Milliseconds without a change after which the table is looked at. */
const PAUSE = 600;
const kept = (id: string, what: "table" | "tests"): string => `mainspring.decision.${id}.${what}`;

export default function DecisionDesign({ model, xml }: { model: Model; xml: string }) {
  const { t, said } = useWords();
  const { message } = App.useApp();
  const fault = useFault();
  const place = useRef<HTMLDivElement>(null);
  const [tabling, setTabling] = useState<Tabling | null>(null);
  const [text, setText] = useState(() => localStorage.getItem(kept(model.id, "table")) ?? xml);
  const [tests, setTests] = useState(() => localStorage.getItem(kept(model.id, "tests")) ?? "");
  const [refused, setRefused] = useState<Finding[] | null>(null);
  const first = useRef(text);
  const { mutate: examine, data: examined } = useExamine();
  const deploy = useDeploy();

  const open = useCallback(
    async (made: Tabling, from: string): Promise<void> => {
      await made.open(from, model.id, () => void made.save().then(setText));
    },
    [model.id],
  );
  useEffect(() => {
    if (place.current === null) return undefined;
    const made = new Tabling(place.current);
    open(made, first.current).then(
      () => setTabling(made),
      (error: unknown) => void message.error(String(error)),
    );
    return () => {
      setTabling(null);
      made.close();
    };
  }, [open, message]);

  useEffect(() => {
    if (text !== xml) localStorage.setItem(kept(model.id, "table"), text);
    localStorage.setItem(kept(model.id, "tests"), tests);
    const look = setTimeout(() => examine({ file: model.file, text, tests }), PAUSE);
    return () => clearTimeout(look);
  }, [examine, model.id, model.file, text, tests, xml]);

  const findings = examined?.findings ?? [];
  const here = findings.filter((one) => one.element === "" || one.element === model.id);
  const rows = here.map((one) => one.rule).join(" ");
  useEffect(() => {
    tabling?.mark(rows.split(" ").map(Number));
  }, [tabling, rows, text]);

  const discard = (): void => {
    localStorage.removeItem(kept(model.id, "table"));
    setText(xml);
    if (tabling !== null) void open(tabling, xml);
  };
  const beside = { name: model.file.replace(/\.dmn$/, ".tests.yaml"), text: tests };
  const deployNow = (): void =>
    deploy.mutate([{ name: model.file, text }, ...(tests.trim() === "" ? [] : [beside])], {
      onError: (error) => void message.error(fault(error)),
      onSuccess: (answer) => {
        setRefused(answer.deployed ? null : answer.findings);
        const made = answer.versions.find((one) => one.id === model.id);
        if (made === undefined) return;
        localStorage.removeItem(kept(model.id, "table"));
        void message.success(
          t(made.new ? "decisions.deployed" : "processes.design.same", { version: made.version }),
        );
      },
    });
  return (
    <>
      {text !== xml && (
        <Alert
          type="info"
          className="draft"
          title={t("processes.design.draft")}
          action={
            <Button size="small" onClick={discard}>
              {t("processes.design.discard")}
            </Button>
          }
        />
      )}
      <div className="row tools">
        <Button
          type="primary"
          loading={deploy.isPending}
          disabled={tabling === null || text === xml}
          onClick={deployNow}
        >
          {t("processes.design.deploy")}
        </Button>
      </div>
      {refused !== null && (
        <Findings
          findings={refused}
          called={(id) => (id === model.id ? said(model.name) : id)}
          onSelect={() => undefined}
          onClose={() => setRefused(null)}
        />
      )}
      <div ref={place} className="decision-view" role="region" aria-label={t("decisions.table")} />
      <div className="decision-parts">
        <Doubts findings={here} />
        <section className="panel" aria-label={t("decisions.tests")}>
          <h2>{t("decisions.tests")}</h2>
          <p className="quiet">{t("decisions.testsHow")}</p>
          <Input.TextArea
            className="code"
            aria-label={t("decisions.tests")}
            autoSize={{ minRows: 5, maxRows: 16 }}
            placeholder={EXAMPLE}
            value={tests}
            onChange={(event) => setTests(event.target.value)}
          />
          <Outcomes tests={examined?.tests ?? []} />
        </section>
      </div>
    </>
  );
}

const EXAMPLE = `- name: …
  decision: …
  inputs: {…: …}
  expected: …`;

function Outcomes({ tests }: { tests: Shapes["DecisionTest"][] }) {
  const { t } = useWords();
  if (tests.length === 0) return null;
  const passed = tests.filter((one) => one.passed).length;
  return (
    <Alert
      className="tried"
      type={passed === tests.length ? "success" : "error"}
      title={t("decisions.passed", { passed, count: tests.length })}
      description={
        <ul className="findings">
          {tests
            .filter((one) => !one.passed)
            .map((one, place) => (
              <li key={place}>
                <strong>{one.name}</strong> {one.message}
              </li>
            ))}
        </ul>
      }
    />
  );
}
