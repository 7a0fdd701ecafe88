// What each column is taken for, beside values from it, and how sure that is; to be corrected by a choice.
import { Select, Table } from "antd";

import type { Import, ImportKind } from "../../api/imports";
import { useWords } from "../../parts/useWords";

const SURE = 0.9;
const RATHER_SURE = 0.6;

interface Props {
  made: Import;
  roles: ImportKind["roles"];
  corrected: Record<string, string>;
  onCorrect: (heading: string, role: string) => void;
}

export function Columns({ made, roles, corrected, onCorrect }: Props) {
  const { t, said, share } = useWords();
  const options = [
    { value: "", label: t("imports.notTaken") },
    ...roles.map((role) => ({ value: role.name, label: said(role.title) })),
  ];
  return (
    <Table
      aria-label={t("imports.columns")}
      rowKey="heading"
      size="small"
      pagination={false}
      scroll={{ x: 760 }}
      dataSource={made.columns}
      columns={[
        { title: t("imports.heading"), dataIndex: "heading" },
        {
          title: t("imports.samples"),
          render: (_, one) => <span className="quiet">{one.samples.slice(0, 3).join(" · ")}</span>,
        },
        {
          title: t("imports.takenFor"),
          width: 240,
          render: (_, one) => (
            <Select
              aria-label={t("imports.takenForOf", { heading: one.heading })}
              className="import-role"
              showSearch={{ optionFilterProp: "label" }}
              disabled={made.status !== "draft"}
              value={one.role}
              options={options}
              onChange={(role) => onCorrect(one.heading, role)}
            />
          ),
        },
        {
          title: t("imports.sureness"),
          width: 160,
          render: (_, one) => {
            if (corrected[one.heading] !== undefined) return t("imports.yours");
            if (one.role === "") return "";
            return `${t(`imports.sure.${sureness(one.confidence)}`)} · ${share(one.confidence)}`;
          },
        },
      ]}
    />
  );
}

function sureness(confidence: number): "sure" | "rather" | "unsure" {
  if (confidence >= SURE) return "sure";
  return confidence >= RATHER_SURE ? "rather" : "unsure";
}
