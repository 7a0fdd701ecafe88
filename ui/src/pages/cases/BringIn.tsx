// Bring something in by hand: a customer's document becomes a case, a bank statement finds its invoices.
import { App, Button, Dropdown } from "antd";
import { useRef } from "react";
import { useNavigate } from "react-router";

import { useBringDocument, useBringStatement } from "../../api/arrivals";
import { UploadOutlined } from "../../parts/icons";
import { useFault } from "../../parts/useFault";
import { useWords } from "../../parts/useWords";
import { useMe } from "../../shell/me";

const KINDS = ["document", "statement"] as const;
type Kind = (typeof KINDS)[number];
const NEEDS: Record<Kind, string> = { document: "start", statement: "keep_records" };
const FILES: Record<Kind, string> = {
  document: ".eml,.pdf,.xlsx,.xls,.csv,.txt,.png,.jpg,.jpeg,.tif,.xml",
  statement: ".sta,.mt940,.940,.txt,.xml,.csv,.xlsx",
};

export function BringIn() {
  const { t } = useWords();
  const { message } = App.useApp();
  const fault = useFault();
  const me = useMe();
  const navigate = useNavigate();
  const [bringDocument, bringStatement] = [useBringDocument(), useBringStatement()];
  const fields = useRef(new Map<Kind, HTMLInputElement | null>());
  const kinds = KINDS.filter((kind) => me.data?.may[NEEDS[kind]] === true);
  if (kinds.length === 0) return null;

  const bring = async (kind: Kind, file: File): Promise<void> => {
    try {
      if (kind === "document") {
        const made = await bringDocument.mutateAsync(file);
        void message.success(t(made.already_known ? "cases.bring.known" : "cases.bring.done"));
        void navigate(`/cases/${made.instance}`);
      } else {
        const { items } = await bringStatement.mutateAsync(file);
        const fresh = items.filter((one) => one.instance !== null).length;
        void message.success(t(fresh > 0 ? "cases.bring.statementDone" : "cases.bring.statementKnown"));
      }
    } catch (error) {
      void message.warning(fault(error));
    }
  };
  return (
    <>
      <Dropdown
        trigger={["click"]}
        menu={{
          items: kinds.map((key) => ({ key, label: t(`cases.bring.${key}`) })),
          onClick: ({ key }) => fields.current.get(key as Kind)?.click(),
        }}
      >
        <Button
          type="primary"
          icon={<UploadOutlined />}
          loading={bringDocument.isPending || bringStatement.isPending}
        >
          {t("cases.bring.title")}
        </Button>
      </Dropdown>
      {kinds.map((kind) => (
        <input
          key={kind}
          ref={(field) => void fields.current.set(kind, field)}
          type="file"
          hidden
          accept={FILES[kind]}
          aria-label={t(`cases.bring.${kind}`)}
          onChange={({ target }) => {
            const file = target.files?.[0];
            target.value = "";
            if (file !== undefined) void bring(kind, file);
          }}
        />
      ))}
    </>
  );
}
