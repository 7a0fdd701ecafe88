// All tables: the firm's books, and those that people made.
import { Button, Empty } from "antd";
import { useState } from "react";
import { Link } from "react-router";

import { type TableHead, useTables } from "../../api/tables";
import { Loaded } from "../../parts/Loaded";
import { useWords } from "../../parts/useWords";
import { MakeTable } from "./MakeTable";
import { Parts } from "./Parts";
import { TableOfFile } from "./TableOfFile";
import "./tables.css";

export default function Tables() {
  const { t } = useWords();
  const tables = useTables();
  const [making, setMaking] = useState(false);
  return (
    <main className="page">
      <div className="spread">
        <h1>{t("tables.title")}</h1>
        <div className="row">
          <Button onClick={() => setMaking(true)}>{t("tables.make")}</Button>
          <TableOfFile />
        </div>
      </div>
      <p className="lead">{t("tables.lead")}</p>
      <Parts here="tables" />
      <Loaded query={tables}>
        {({ items }) => (
          <>
            <h2 className="tables-part">{t("tables.books")}</h2>
            <Heads items={items.filter((one) => one.book)} />
            <h2 className="tables-part">{t("tables.own")}</h2>
            <Heads items={items.filter((one) => !one.book)} />
          </>
        )}
      </Loaded>
      {making && <MakeTable onClose={() => setMaking(false)} />}
    </main>
  );
}

function Heads({ items }: { items: TableHead[] }) {
  const { t, said, number } = useWords();
  if (items.length === 0)
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("tables.none")} />;
  return (
    <ul className="tables-cards">
      {items.map((one) => (
        <li key={one.sheet} className="panel">
          <Link to={`/tables/of/${encodeURIComponent(one.sheet)}`}>
            <strong>{said(one.title)}</strong>
          </Link>
          <span className="figure">{t("tables.rows", { count: one.rows, shown: number(one.rows) })}</span>
          <span className="quiet small clip">
            {one.fields.map((field) => said(field.title || field.name)).join(" · ")}
          </span>
        </li>
      ))}
    </ul>
  );
}
