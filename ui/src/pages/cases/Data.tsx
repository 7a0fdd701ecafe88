// The values that a case carries.
import { Table } from "antd";

import { text } from "../../forms/text";
import { useWords } from "../../parts/useWords";

export function Data({ values }: { values: Record<string, unknown> }) {
  const { t } = useWords();
  const rows = Object.entries(values)
    .map(([name, value]) => ({ name, value: shown(value) }))
    .sort((a, b) => a.name.localeCompare(b.name));
  return (
    <Table
      size="small"
      rowKey="name"
      pagination={false}
      dataSource={rows}
      columns={[
        { title: t("cases.name"), dataIndex: "name", width: 220 },
        {
          title: t("cases.value"),
          render: (_, one) => (
            <pre
              style={{ margin: 0, whiteSpace: "pre-wrap", overflowWrap: "anywhere", fontFamily: "inherit" }}
            >
              {one.value}
            </pre>
          ),
        },
      ]}
    />
  );
}

function shown(value: unknown): string {
  return typeof value === "object" && value !== null ? JSON.stringify(value, null, 2) : text(value);
}
