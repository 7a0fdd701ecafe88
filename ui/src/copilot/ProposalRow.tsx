// Something that could be done: asked once more, then done by the usual route with the person's own permission.
import { useState } from "react";

import { useFault } from "../parts/useFault";
import { useWords } from "../parts/useWords";
import { Button } from "../plain/controls";
import { tell } from "../plain/tell";
import { type Proposal, useDo } from "./asking";

export function ProposalRow({ proposal }: { proposal: Proposal }) {
  const { t } = useWords();
  const [asked, setAsked] = useState(false);
  const fault = useFault();
  const doing = useDo();
  if (doing.isSuccess)
    return (
      <p className="copilot-done" role="status">
        {t("copilot.done", { what: proposal.title })}
      </p>
    );
  if (!asked)
    return (
      <Button small onClick={() => setAsked(true)}>
        {proposal.title}
      </Button>
    );
  return (
    <div className="copilot-confirm" role="group" aria-label={proposal.title}>
      <span>{t("copilot.sure", { what: proposal.title })}</span>
      <Button
        small
        look="primary"
        busy={doing.isPending}
        onClick={() => doing.mutate(proposal, { onError: (error) => tell("warning", fault(error)) })}
      >
        {t("copilot.yes")}
      </Button>
      <Button small onClick={() => setAsked(false)}>
        {t("copilot.no")}
      </Button>
    </div>
  );
}
