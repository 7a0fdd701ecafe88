// What stopped a case, where, and letting it go on.
import { Alert } from "antd";

import type { Shapes } from "../../api/client";
import { useWords } from "../../parts/useWords";
import "./cases.css";
import { Retry } from "./Retry";

interface Props {
  incidents: readonly Shapes["IncidentShape"][];
  nameOf: (element: string) => string;
}

export function Incidents({ incidents, nameOf }: Props) {
  const { t, said } = useWords();
  const keys = incidents.map((one) => one.key);
  return (
    <>
      {incidents.map((one) => (
        <Alert
          key={one.key}
          type="error"
          showIcon
          className="incident"
          title={`${t("cases.incident")}: ${nameOf(one.element)}`}
          description={said(one.message)}
          action={<Retry stopped={{ keys: [one.key] }} count={1} />}
        />
      ))}
      {keys.length > 1 && (
        <p>
          <Retry stopped={{ keys }} count={keys.length} />
        </p>
      )}
    </>
  );
}
