// A button that asks for a spreadsheet.
import { Button } from "antd";
import { type ReactNode, useRef } from "react";

import { useWords } from "../../parts/useWords";

interface Props {
  label: string;
  icon: ReactNode;
  busy: boolean;
  primary?: boolean;
  onFile: (file: File) => void;
}

export function FileButton({ label, icon, busy, primary, onFile }: Props) {
  const { t } = useWords();
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        type={primary === true ? "primary" : "default"}
        icon={icon}
        loading={busy}
        onClick={() => field.current?.click()}
      >
        {label}
      </Button>
      <input
        ref={field}
        type="file"
        hidden
        accept=".xlsx,.csv"
        aria-label={t("tables.file")}
        onChange={({ target }) => {
          const file = target.files?.[0];
          target.value = "";
          if (file !== undefined) onFile(file);
        }}
      />
    </>
  );
}
