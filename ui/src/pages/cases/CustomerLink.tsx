// The link that shows a customer their quote or order, made by whoever looks after the case.
import { App, Button, Modal, Typography } from "antd";
import { useState } from "react";

import { type CustomerLink as Made, useMakeLink } from "../../api/arrivals";
import { LinkOutlined } from "../../parts/icons";
import { useFault } from "../../parts/useFault";
import { useWords } from "../../parts/useWords";
import { useMe } from "../../shell/me";

export function CustomerLink({ variables }: { variables: Record<string, unknown> }) {
  const { t, moment } = useWords();
  const { message } = App.useApp();
  const fault = useFault();
  const make = useMakeLink();
  const me = useMe();
  const [made, setMade] = useState<Made | null>(null);
  const document = documentOf(variables);
  if (document === null || me.data?.may["publish"] !== true) return null;
  const go = (): void =>
    make.mutate(document, { onSuccess: setMade, onError: (error) => void message.warning(fault(error)) });
  return (
    <>
      <Button icon={<LinkOutlined />} loading={make.isPending} onClick={go}>
        {t("cases.link.make")}
      </Button>
      <Modal open={made !== null} title={t("cases.link.title")} footer={null} onCancel={() => setMade(null)}>
        {made !== null && (
          <>
            <p className="quiet">{t("cases.link.how", { at: moment(made.expires_at) })}</p>
            <Typography.Paragraph copyable={{ text: made.address ?? "" }} code>
              {made.address}
            </Typography.Paragraph>
            <Button type="primary" href={made.address ?? ""} target="_blank" rel="noopener">
              {t("cases.link.open")}
            </Button>
          </>
        )}
      </Modal>
    </>
  );
}

/** The newest document of a case that a customer may see. */
function documentOf(
  variables: Record<string, unknown>,
): { kind: "quote" | "order"; document: string } | null {
  const { order_no: order, quote_no: quote } = variables;
  if (typeof order === "string" && order !== "") return { kind: "order", document: order };
  if (typeof quote === "string" && quote !== "") return { kind: "quote", document: quote };
  return null;
}
