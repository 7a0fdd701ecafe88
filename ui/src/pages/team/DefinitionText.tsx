// The whole definition as text, held against the house as it is written; each finding leads to its line.
import { Alert, Button, Input } from "antd";
import type { TextAreaRef } from "antd/es/input/TextArea";
import { useRef } from "react";

import type { Written } from "../../api/employees";
import { useWords } from "../../parts/useWords";
import { lineAt } from "./version";

interface Props {
  text: string;
  /** What the newest check found; undefined while it is under way. */
  findings: Written["findings"] | undefined;
  onChange: (text: string) => void;
}

export function DefinitionText({ text, findings, onChange }: Props) {
  const { t } = useWords();
  const area = useRef<TextAreaRef>(null);
  const go = (line: number): void => {
    const [begin, end] = lineAt(text, line);
    const box = area.current?.resizableTextArea?.textArea;
    box?.focus();
    box?.setSelectionRange(begin, end);
  };
  return (
    <>
      <Input.TextArea
        ref={area}
        className="definition"
        aria-label={t("team.release.text")}
        autoSize={{ minRows: 16, maxRows: 28 }}
        spellCheck={false}
        wrap="off"
        value={text}
        onChange={(event) => onChange(event.target.value)}
      />
      {findings?.length === 0 && <Alert type="success" title={t("team.release.sound")} />}
      {findings !== undefined && findings.length > 0 && (
        <Alert
          type="warning"
          title={t("team.release.found", { count: findings.length })}
          description={
            <ul className="lines">
              {findings.map((one) => (
                <li key={`${one.line} ${one.field} ${one.message}`}>
                  <Button type="link" size="small" onClick={() => go(one.line)}>
                    {t("team.release.line", { line: one.line })}
                  </Button>
                  {[one.field, one.message].filter((part) => part !== "").join(": ")}. {one.mend}
                </li>
              ))}
            </ul>
          }
        />
      )}
    </>
  );
}
