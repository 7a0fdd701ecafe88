// What went wrong, what it means, what one can do: the states that every view shares.
import { Button, Result } from "antd";
import { useTranslation } from "react-i18next";

import { ApiError, Unreachable } from "../api/client";
import { Mark } from "../shell/Mark";

export function Trouble({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const again = onRetry && <Button onClick={onRetry}>{t("app.retry")}</Button>;
  if (error instanceof ApiError && error.status === 403)
    return <Result status="403" title={t("error.forbidden")} subTitle={t("error.forbiddenHow")} />;
  if (error instanceof ApiError && error.status === 404) return <NotThere />;
  if (error instanceof ApiError)
    return (
      <Result
        status="warning"
        title={t("error.title")}
        subTitle={`${error.fault.message}. ${error.fault.mend}`}
        extra={again}
      />
    );
  const text = error instanceof Unreachable ? t("error.unreachable") : t("error.unexpected");
  return <Result status="warning" title={t("error.title")} subTitle={text} extra={again} />;
}

export function NotThere() {
  const { t } = useTranslation();
  return <Result status="404" title={t("error.notFound")} subTitle={t("error.notFoundHow")} />;
}

export function SignedOut({ linkUsed }: { linkUsed: boolean }) {
  const { t } = useTranslation();
  return (
    <Result
      icon={<Mark size={56} />}
      title={linkUsed ? t("error.linkUsed") : t("error.signedOut")}
      subTitle={t("error.signedOutHow")}
    />
  );
}
