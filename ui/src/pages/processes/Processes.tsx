// The deployed processes.
import { Table, Tag } from "antd";
import { Link } from "react-router";

import type { Shapes } from "../../api/client";
import { useLandscape } from "../../api/hooks";
import { Loaded } from "../../parts/Loaded";
import { PenetrationBar } from "../../parts/PenetrationBar";
import { useWords } from "../../parts/useWords";
import { Parts } from "./Parts";

type Card = Shapes["ProcessCard"];

export default function Processes() {
  const { t, said, number } = useWords();
  const landscape = useLandscape();
  return (
    <main className="page">
      <h1>{t("processes.title")}</h1>
      <p className="lead">{t("processes.lead")}</p>
      <Parts here="processes" />
      <Loaded
        query={landscape}
        empty={{ when: (data) => data.processes.length === 0, say: t("processes.none") }}
      >
        {(data) => (
          <Table<Card>
            rowKey="key"
            pagination={false}
            dataSource={data.processes}
            scroll={{ x: 720 }}
            columns={[
              {
                title: t("cases.process"),
                render: (_, one) => (
                  <span>
                    <Link to={`/processes/${one.id}`}>{said(one.name)}</Link> <Tag>v{one.version}</Tag>
                  </span>
                ),
              },
              { title: t("home.running"), align: "right", render: (_, one) => number(one.active) },
              { title: t("home.waiting"), align: "right", render: (_, one) => number(one.waiting) },
              { title: t("home.ended"), align: "right", render: (_, one) => number(one.completed) },
              {
                title: t("processes.penetration"),
                width: 260,
                render: (_, one) => <PenetrationBar penetration={one.penetration} />,
              },
            ]}
          />
        )}
      </Loaded>
    </main>
  );
}
