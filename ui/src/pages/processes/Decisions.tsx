// The deployed decision tables.
import { Table, Tag } from "antd";
import { Link } from "react-router";

import type { Shapes } from "../../api/client";
import { useDecisions } from "../../api/decisions";
import { Loaded } from "../../parts/Loaded";
import { useWords } from "../../parts/useWords";
import { Parts } from "./Parts";

export default function Decisions() {
  const { t, said } = useWords();
  const decisions = useDecisions();
  return (
    <main className="page">
      <h1>{t("processes.title")}</h1>
      <p className="lead">{t("decisions.lead")}</p>
      <Parts here="decisions" />
      <Loaded query={decisions} empty={{ when: (data) => data.items.length === 0, say: t("decisions.none") }}>
        {(data) => (
          <Table<Shapes["DefinitionShape"]>
            rowKey="key"
            pagination={false}
            scroll={{ x: 480 }}
            dataSource={data.items}
            columns={[
              {
                title: t("decisions.name"),
                render: (_, one) => (
                  <span>
                    <Link to={`/processes/decisions/${one.id}`}>{said(one.name)}</Link>{" "}
                    <Tag>v{one.version}</Tag>
                  </span>
                ),
              },
              { title: t("decisions.file"), dataIndex: "file" },
            ]}
          />
        )}
      </Loaded>
    </main>
  );
}
