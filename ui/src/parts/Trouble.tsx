// What went wrong, what it means, what one can do: the states that every view shares.
import type { ReactNode } from "react";

import { ApiError, Unreachable } from "../api/client";
import { Button } from "../plain/controls";
import { Mark } from "../shell/Mark";
import { useWords } from "./useWords";

export function Trouble({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useWords();
  const again = onRetry && <Button onClick={onRetry}>{t("app.retry")}</Button>;
  if (error instanceof ApiError && error.status === 403)
    return <Said title={t("error.forbidden")} how={t("error.forbiddenHow")} />;
  if (error instanceof ApiError && error.status === 404) return <NotThere />;
  if (error instanceof ApiError)
    return <Said title={t("error.title")} how={`${error.fault.message}. ${error.fault.mend}`} more={again} />;
  const text = error instanceof Unreachable ? t("error.unreachable") : t("error.unexpected");
  return <Said title={t("error.title")} how={text} more={again} />;
}

export function NotThere() {
  const { t } = useWords();
  return <Said title={t("error.notFound")} how={t("error.notFoundHow")} />;
}

function Said({ title, how, more }: { title: string; how: string; more?: ReactNode }) {
  return (
    <div className="trouble" role="alert">
      <Mark size={48} />
      <strong>{title}</strong>
      <p>{how}</p>
      {more}
    </div>
  );
}
