// The measures that are there from the first day, in all and by activity.
import { Table, Tag } from "antd";
import { Link } from "react-router";

import type { Shapes } from "../../api/client";
import { useMeasures } from "../../api/hooks";
import { Loaded } from "../../parts/Loaded";
import { PenetrationBar } from "../../parts/PenetrationBar";
import { useWords } from "../../parts/useWords";
import "./insight.css";

type Figures = Shapes["Figures"];
type Row = Shapes["NodeFigures"] & { element: string };

export default function Insight() {
  const { t } = useWords();
  const measures = useMeasures();
  return (
    <main className="page">
      <h1>{t("insight.title")}</h1>
      <p className="lead">{t("insight.lead")}</p>
      <Loaded query={measures} empty={{ when: (data) => data.cases === 0, say: t("insight.none") }}>
        {(data) => (
          <>
            {data.simulated && <Tag color="gold">{t("app.demo")}</Tag>}
            <Tiles figures={data} />
            <PenetrationBar penetration={data.penetration} />
            <h2>{t("insight.byActivity")}</h2>
            <Activities figures={data} />
          </>
        )}
      </Loaded>
    </main>
  );
}

function Tiles({ figures }: { figures: Figures }) {
  const { t, share, span, money, number } = useWords();
  const tiles: [string, string, string][] = [
    [t("insight.cases"), number(figures.cases), t("insight.completed", { count: figures.completed })],
    [t("insight.penetration"), share(figures.penetration), t("insight.penetrationHow")],
    [t("insight.aar"), share(figures.aar), t("insight.aarHow")],
    [t("insight.straight"), share(figures.straight_through), t("insight.straightHow")],
    [t("insight.cost"), money(figures.cost_to_serve, figures.currency), t("insight.costHow")],
    [t("insight.cycle"), span(figures.cycle_time_median_s), t("insight.cycleHow")],
    [t("insight.fcr"), share(figures.first_contact_resolution), t("insight.fcrHow")],
  ];
  return (
    <div className="tiles">
      {tiles.map(([name, value, how]) => (
        <div className="panel" key={name}>
          <div className="quiet">{name}</div>
          <div className="tile-value figure">{value}</div>
          <div className="quiet small">{how}</div>
        </div>
      ))}
    </div>
  );
}

function Activities({ figures }: { figures: Figures }) {
  const { t, said, share, span, money, number } = useWords();
  const rows: Row[] = Object.entries(figures.nodes).map(([element, node]) => ({ element, ...node }));
  return (
    <Table<Row>
      rowKey="element"
      size="middle"
      pagination={false}
      scroll={{ x: 900 }}
      dataSource={rows}
      columns={[
        {
          title: t("insight.activity"),
          render: (_, one) => <Link to={`/processes/${one.process}`}>{said(one.name)}</Link>,
        },
        { title: t("insight.done"), align: "right", render: (_, one) => number(one.completed) },
        { title: t("insight.touched"), align: "right", render: (_, one) => number(one.touched) },
        { title: t("insight.aar"), align: "right", render: (_, one) => share(one.aar) },
        { title: t("insight.cycle"), align: "right", render: (_, one) => span(one.cycle_time_median_s) },
        {
          title: t("insight.cost"),
          align: "right",
          render: (_, one) => money(one.cost_to_serve, figures.currency),
        },
        {
          title: t("insight.penetration"),
          width: 240,
          render: (_, one) => <PenetrationBar penetration={one.penetration} />,
        },
      ]}
    />
  );
}
