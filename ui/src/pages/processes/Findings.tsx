// What the check found, each at its element by its name, with how to mend it.
import { Alert, Button } from "antd";

import type { Finding } from "../../api/deployments";
import { useWords } from "../../parts/useWords";

interface Props {
  findings: Finding[];
  /** What people call an element. */
  called: (element: string) => string;
  onSelect: (element: string) => void;
  onClose: () => void;
}

export function Findings({ findings, called, onSelect, onClose }: Props) {
  const { t } = useWords();
  if (findings.length === 0)
    return <Alert className="draft" type="success" title={t("processes.design.sound")} />;
  const errors = findings.filter((one) => one.severity === "error").length;
  return (
    <Alert
      className="draft"
      type={errors > 0 ? "error" : "warning"}
      closable={{ onClose }}
      title={t("processes.design.found", { errors, warnings: findings.length - errors })}
      description={
        <ul className="findings">
          {findings.map((one) => (
            <li key={`${one.rule}/${one.element}/${one.message}`}>
              {one.element !== "" && (
                <Button type="link" size="small" onClick={() => onSelect(one.element)}>
                  {called(one.element)}
                </Button>
              )}
              {one.message}. {one.mend}{" "}
              {called(one.element) !== one.element && <small className="quiet">{one.element}</small>}
            </li>
          ))}
        </ul>
      }
    />
  );
}
