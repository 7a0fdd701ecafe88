// Design mode: draw, fill in the properties and the AI gene, check, try out, deploy. What is drawn is kept in this browser.
import { Alert, App, Button, Tabs } from "antd";
import { useEffect, useRef, useState } from "react";

import type { Shapes } from "../../api/client";
import { type Finding, type ModelFile, useCheck, useDeploy } from "../../api/deployments";
import { RedoOutlined, UndoOutlined } from "../../parts/icons";
import { calledIn } from "../../diagram/names";
import { useWords } from "../../parts/useWords";
import { Findings } from "./Findings";
import { GenePanel } from "./GenePanel";
import { Modelling } from "./modelling";
import { TryOut } from "./TryOut";
import "../../diagram/diagram.css";
import "./design.css";

type Version = Shapes["DefinitionShape"];
const kept = (id: string): string => `mainspring.model.${id}`;

export default function Design({ version, xml }: { version: Version; xml: string }) {
  const { t } = useWords();
  const canvas = useRef<HTMLDivElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [modelling, setModelling] = useState<Modelling | null>(null);
  const [selected, setSelected] = useState<string | null>(null);
  const [changes, setChanges] = useState(0);
  const [draft, setDraft] = useState(() => localStorage.getItem(kept(version.id)));
  const [fault, setFault] = useState<string | null>(null);
  const first = useRef(draft ?? xml);

  useEffect(() => {
    if (canvas.current === null || panel.current === null) return undefined;
    const made = new Modelling(canvas.current, panel.current);
    let gone = false;
    made
      .open(first.current)
      .then(() => {
        if (gone) return;
        made.onSelect(setSelected);
        made.onChange(() => {
          setChanges((count) => count + 1);
          void made.save().then((text) => localStorage.setItem(kept(version.id), text));
        });
        setModelling(made);
      })
      .catch((error: unknown) => setFault(error instanceof Error ? error.message : String(error)));
    return () => {
      gone = true;
      setModelling(null);
      made.close();
    };
  }, [version.id]);

  const discard = (): void => {
    localStorage.removeItem(kept(version.id));
    setDraft(null);
    setChanges(0);
    void modelling?.open(xml);
  };
  return (
    <>
      {fault !== null && <Alert type="warning" title={fault} />}
      {draft !== null && (
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
      <Tools
        modelling={modelling}
        version={version}
        changed={changes > 0 || draft !== null}
        onDeployed={() => {
          localStorage.removeItem(kept(version.id));
          setDraft(null);
        }}
      />
      <div className="design">
        <div ref={canvas} className="diagram drawing" aria-label={t("processes.diagram")} role="region" />
        <Tabs
          size="small"
          className="design-side"
          items={[
            {
              key: "properties",
              label: t("processes.design.properties"),
              forceRender: true,
              children: <div ref={panel} className="properties" />,
            },
            {
              key: "gene",
              label: t("processes.design.gene"),
              children: (
                <GenePanel key={`${selected ?? ""}/${changes}`} modelling={modelling} element={selected} />
              ),
            },
          ]}
        />
      </div>
    </>
  );
}

interface ToolsProps {
  modelling: Modelling | null;
  version: Version;
  changed: boolean;
  onDeployed: () => void;
}

function Tools({ modelling, version, changed, onDeployed }: ToolsProps) {
  const { t, language } = useWords();
  const { message } = App.useApp();
  const check = useCheck();
  const deploy = useDeploy();
  const [found, setFound] = useState<{ findings: Finding[]; xml: string } | null>(null);
  const [trying, setTrying] = useState<ModelFile | null>(null);
  const file = async (): Promise<ModelFile> => ({
    name: version.file,
    text: (await modelling?.save()) ?? "",
  });
  const show = (findings: Finding[], xml: string): void => {
    setFound({ findings, xml });
    modelling?.mark(findings);
  };
  const failed = (error: Error): void => void message.error(error.message);
  const checkNow = async (): Promise<void> => {
    const drawn = await file();
    check.mutate(drawn, { onSuccess: (answer) => show(answer.findings, drawn.text), onError: failed });
  };
  const deployNow = async (): Promise<void> => {
    const drawn = await file();
    deploy.mutate([drawn], {
      onError: failed,
      onSuccess: (answer) => {
        show(answer.findings, drawn.text);
        const made = answer.versions.find((one) => one.id === version.id);
        if (!answer.deployed || made === undefined) return;
        onDeployed();
        void message.success(
          t(made.new ? "processes.design.deployed" : "processes.design.same", { version: made.version }),
        );
      },
    });
  };
  return (
    <>
      <div className="row tools">
        <Button
          icon={<UndoOutlined />}
          aria-label={t("processes.design.undo")}
          onClick={() => modelling?.undo()}
        />
        <Button
          icon={<RedoOutlined />}
          aria-label={t("processes.design.redo")}
          onClick={() => modelling?.redo()}
        />
        <Button loading={check.isPending} disabled={modelling === null} onClick={() => void checkNow()}>
          {t("processes.design.check")}
        </Button>
        <Button disabled={modelling === null} onClick={() => void file().then(setTrying)}>
          {t("processes.design.try")}
        </Button>
        <Button
          type="primary"
          loading={deploy.isPending}
          disabled={modelling === null || !changed}
          onClick={() => void deployNow()}
        >
          {t("processes.design.deploy")}
        </Button>
      </div>
      {found !== null && (
        <Findings
          findings={found.findings}
          called={calledIn(found.xml, language)}
          onSelect={(id) => modelling?.select(id)}
          onClose={() => {
            setFound(null);
            modelling?.mark([]);
          }}
        />
      )}
      {trying !== null && <TryOut file={trying} process={version.id} onClose={() => setTrying(null)} />}
    </>
  );
}
