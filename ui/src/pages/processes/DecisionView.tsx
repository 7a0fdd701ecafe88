// A decision as drawn, by dmn-js; rows with something doubtful are marked. Its watermark stays visible.
import "dmn-js/dist/assets/diagram-js.css";
import "dmn-js/dist/assets/dmn-js-shared.css";
import "dmn-js/dist/assets/dmn-js-drd.css";
import "dmn-js/dist/assets/dmn-js-decision-table.css";
import "dmn-js/dist/assets/dmn-js-literal-expression.css";
import "dmn-js/dist/assets/dmn-js-boxed-expression.css";
import "dmn-js/dist/assets/dmn-font/css/dmn-embedded.css";

import { Alert } from "antd";
import DmnViewer from "dmn-js/lib/NavigatedViewer";
import { useEffect, useRef, useState } from "react";

import { inViews, translating } from "../../diagram/translating";
import { DECISIONS } from "../../diagram/words/decisions";
import { useWords } from "../../parts/useWords";

interface Props {
  xml: string;
  /** Id of the decision whose table is shown. */
  decision: string;
  /** Rows, from 1, in which something is doubtful. */
  doubtful: number[];
}

export default function DecisionView({ xml, decision, doubtful }: Props) {
  const { t, language } = useWords();
  const place = useRef<HTMLDivElement>(null);
  const [fault, setFault] = useState<string | null>(null);
  const rows = doubtful.join(" ");
  useEffect(() => {
    const container = place.current;
    if (container === null) return undefined;
    const viewer = new DmnViewer({ container, ...inViews(translating(language, DECISIONS)) });
    let gone = false;
    viewer
      .importXML(xml)
      .then(async () => {
        const view = viewer.getViews().find((one) => one.element.id === decision);
        if (gone || view === undefined) return;
        await viewer.open(view);
        container.querySelector(".tjs-table-container")?.setAttribute("tabindex", "0");
        for (const row of rows.split(" "))
          container.querySelectorAll("tbody tr")[Number(row) - 1]?.classList.add("is-doubtful");
      })
      .catch((error: unknown) => setFault(error instanceof Error ? error.message : String(error)));
    return () => {
      gone = true;
      viewer.destroy();
    };
  }, [xml, decision, rows, language]);
  return (
    <figure className="decision-view" aria-label={t("decisions.table")}>
      {fault !== null && <Alert type="warning" title={fault} />}
      <div ref={place} />
    </figure>
  );
}
