// The button in the top bar and Ctrl-/ that open the copilot; its own script is loaded when it is first opened.
import { useEffect } from "react";

import { MessageOutlined } from "../parts/icons";
import { Button } from "../plain/controls";
import { useWords } from "../parts/useWords";

export function Opener({ open, onToggle }: { open: boolean; onToggle: () => void }) {
  const { t } = useWords();
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.key !== "/" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      onToggle();
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, [onToggle]);
  return (
    <Button look="text" aria-expanded={open} title={`${t("copilot.open")} (Ctrl-/)`} onClick={onToggle}>
      <MessageOutlined />
      <span className="copilot-word">{t("copilot.title")}</span>
    </Button>
  );
}
