// The corrections, latest first: who changed what in which case; each can be withdrawn.
import { App, Button, Popconfirm, Table } from "antd";
import { Link } from "react-router";

import type { Shapes } from "../../api/client";
import { useForget } from "../../api/employees";
import { usePages } from "../../parts/usePages";
import { useWords } from "../../parts/useWords";
import { useFieldWords } from "./useFieldWords";

type Correction = Shapes["CorrectionShape"];

const SHOWN = 4;

interface Props {
  employee: string;
  corrections: Shapes["Corrections"];
  teaches: boolean;
}

export function Corrections({ employee, corrections, teaches }: Props) {
  const pages = usePages();
  const { t, moment } = useWords();
  const { message } = App.useApp();
  const forget = useForget(employee);
  const withdraw = (key: string): void =>
    forget.mutate(
      { kind: "correction", key },
      {
        onSuccess: () => void message.success(t("team.learned.done")),
        onError: (error) => void message.warning(error.message),
      },
    );
  return (
    <>
      <h2>{t("team.learned.corrections", { count: corrections.number })}</h2>
      <Table<Correction>
        rowKey="correction"
        size="middle"
        locale={{ emptyText: t("team.learned.noCorrections") }}
        pagination={
          corrections.items.length > 10 ? { ...pages, pageSize: 10, showSizeChanger: false } : false
        }
        scroll={{ x: 760 }}
        dataSource={corrections.items}
        columns={[
          { title: t("team.learned.when"), render: (_, one) => moment(one.at) },
          { title: t("team.learned.who"), dataIndex: "person" },
          { title: t("team.learned.what"), render: (_, one) => <Changes changes={one.changes} /> },
          {
            title: t("team.learned.case"),
            render: (_, one) => <Link to={`/cases/${one.instance}`}>{t("team.learned.open")}</Link>,
          },
          {
            title: "",
            align: "right",
            render: (_, one) =>
              one.withdrawn_by !== null ? (
                <span className="quiet">{t("team.learned.withdrawn", { by: one.withdrawn_by })}</span>
              ) : teaches ? (
                <Popconfirm
                  title={t("team.learned.withdraw")}
                  description={t("team.learned.withdrawHow")}
                  okText={t("team.learned.withdraw")}
                  onConfirm={() => withdraw(one.correction)}
                >
                  <Button size="small">{t("team.learned.withdraw")}</Button>
                </Popconfirm>
              ) : null,
          },
        ]}
      />
    </>
  );
}

function Changes({ changes }: { changes: Shapes["ValueChange"][] }) {
  const { t } = useWords();
  const { field, value } = useFieldWords();
  return (
    <>
      {changes.slice(0, SHOWN).map((one, place) => (
        <div key={place}>
          {one.beside !== "" && <span className="quiet">{one.beside} · </span>}
          {t("team.learned.change", {
            field: field(one.field),
            was: value(one.was),
            became: value(one.became),
          })}
        </div>
      ))}
      {changes.length > SHOWN && (
        <div className="quiet small">{t("team.learned.more", { count: changes.length - SHOWN })}</div>
      )}
    </>
  );
}
