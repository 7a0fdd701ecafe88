// One case: header, diagram with the travelled path, and tabs; one selection drives them all.
import { Tabs } from "antd";
import { useMemo, useState } from "react";
import { useParams } from "react-router";

import type { Shapes } from "../../api/client";
import { useCase, useModel, useParts } from "../../api/hooks";
import { LazyDiagram } from "../../diagram/LazyDiagram";
import type { Marks } from "../../diagram/marks";
import { namesOf } from "../../diagram/names";
import { Loaded } from "../../parts/Loaded";
import { useWords } from "../../parts/useWords";
import { Source } from "../inbox/Source";
import { Calls } from "./Calls";
import { CustomerLink } from "./CustomerLink";
import { Data } from "./Data";
import { Decided } from "./Decided";
import { Incidents } from "./Incidents";
import { StateTag } from "./StateTag";
import { Steps } from "./Steps";
import { Timeline } from "./Timeline";

export default function CasePage() {
  const { key = "" } = useParams();
  const found = useCase(key);
  return (
    <main className="page">
      <Loaded query={found}>{(data) => <Case one={data} />}</Loaded>
    </main>
  );
}

function Case({ one }: { one: Shapes["WholeInstance"] }) {
  const { t, said, moment } = useWords();
  const parts = useParts(one.root);
  const model = useModel(one.definition);
  const [selected, setSelected] = useState<string | null>(null);
  const elements = useMemo(() => parts.data?.elements ?? [], [parts.data]);
  const marks = useMemo<Marks>(
    () => Object.fromEntries(elements.map((each) => [each.element, { state: each.state }])),
    [elements],
  );
  const names = useMemo(() => namesOf(model.data ?? ""), [model.data]);
  const nameOf = (element: string): string => said(names.get(element) ?? element.replaceAll("_", " "));
  const here = elements
    .filter((each) => each.state === "active" && names.has(each.element))
    .map((each) => nameOf(each.element));
  return (
    <>
      <div className="spread">
        <h1>{one.business_key ?? one.key}</h1>
        <CustomerLink variables={one.variables} />
      </div>
      <p className="lead row">
        <StateTag state={one.state} />
        <span>{moment(one.started_at)}</span>
        <span>
          {one.state === "active" ? t("cases.next", { element: here.join(", ") }) : t("cases.over")}
        </span>
      </p>
      <Incidents incidents={one.incidents} nameOf={nameOf} />
      {model.data !== undefined && parts.data !== undefined && (
        <LazyDiagram
          xml={model.data}
          marks={marks}
          focus={elements.find((each) => each.state !== "completed" && names.has(each.element))?.element}
          selected={selected}
          onSelect={setSelected}
          label={t("cases.diagram")}
        />
      )}
      <Tabs
        style={{ marginTop: 12 }}
        items={[
          {
            key: "timeline",
            label: t("cases.tab.timeline"),
            children: (
              <Timeline instance={one.root} selected={selected} onSelect={setSelected} nameOf={nameOf} />
            ),
          },
          {
            key: "steps",
            label: t("cases.tab.steps"),
            children: (
              <Steps elements={elements} selected={selected} onSelect={setSelected} nameOf={nameOf} />
            ),
          },
          {
            key: "decided",
            label: t("cases.tab.decided"),
            children: <Decided instance={one.root} selected={selected} nameOf={nameOf} />,
          },
          { key: "documents", label: t("cases.tab.documents"), children: <Source instance={one.root} /> },
          { key: "data", label: t("cases.tab.data"), children: <Data values={one.variables} /> },
          {
            key: "calls",
            label: t("cases.tab.calls"),
            children: <Calls instance={one.root} selected={selected} nameOf={nameOf} />,
          },
        ]}
      />
    </>
  );
}
