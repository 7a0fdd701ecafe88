// One table: views and conditions, the grid, new rows and fields, and fields that fill themselves.
import { App, Badge, Button, Popover, Select, Tag } from "antd";
import { useState } from "react";
import { Link, useParams, useSearchParams } from "react-router";

import {
  type Condition,
  type Order,
  type TableHead,
  useBringRows,
  useRows,
  useTable,
} from "../../api/tables";
import { Loaded } from "../../parts/Loaded";
import { ArrowLeftOutlined, FilterOutlined, ImportOutlined, PlusOutlined } from "../../parts/icons";
import { useFault } from "../../parts/useFault";
import { useWords } from "../../parts/useWords";
import { Conditions } from "./Conditions";
import { FieldForm } from "./FieldForm";
import { FileButton } from "./FileButton";
import { FillDrawer } from "./FillDrawer";
import { Grid } from "./Grid";
import { RowDialog } from "./RowDialog";
import { ViewActs } from "./ViewActs";
import "./tables.css";

export default function TablePage() {
  const { sheet = "" } = useParams();
  const table = useTable(sheet);
  return (
    <main className="page tall table-page">
      <Loaded query={table}>{(head) => <OneTable key={head.sheet} head={head} />}</Loaded>
    </main>
  );
}

interface Look {
  where: Condition[];
  order: Order | null;
}

function OneTable({ head }: { head: TableHead }) {
  const { t, said, number } = useWords();
  const [search, setSearch] = useSearchParams();
  const view = head.views.find((one) => !one.form && one.name === search.get("view"));
  const [own, setOwn] = useState<Look | null>(null);
  const look: Look = own ?? { where: view?.where ?? [], order: view?.order ?? null };
  const rows = useRows(head.sheet, look.where, look.order);
  const [open, setOpen] = useState<"row" | "field" | null>(null);
  const [filling, setFilling] = useState<string | null>(null);
  const shown = view?.fields.length
    ? view.fields.flatMap((name) => head.fields.find((one) => one.name === name) ?? [])
    : head.fields;
  const choose = (name: string): void => {
    setOwn(null);
    setSearch(name === "" ? {} : { view: name }, { replace: true });
  };
  return (
    <>
      <Link to="/tables" className="small">
        <ArrowLeftOutlined /> {t("tables.back")}
      </Link>
      <div className="spread table-head">
        <h1>{said(head.title)}</h1>
        <div className="row">
          {!head.book && <Bring sheet={head.sheet} />}
          {!head.book && <Button onClick={() => setOpen("field")}>{t("tables.addField")}</Button>}
          {head.sheet !== "stock" && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen("row")}>
              {t("tables.addRow")}
            </Button>
          )}
        </div>
      </div>
      <div className="row table-look">
        {!head.book && (
          <Select
            aria-label={t("tables.view")}
            value={view?.name ?? ""}
            options={[
              { value: "", label: t("tables.allRows") },
              ...head.views
                .filter((one) => !one.form)
                .map((one) => ({ value: one.name, label: said(one.name) })),
            ]}
            onChange={choose}
          />
        )}
        <Popover
          trigger="click"
          placement="bottomLeft"
          content={
            <Conditions
              fields={head.fields}
              where={look.where}
              onWhere={(where) => setOwn({ ...look, where })}
            />
          }
        >
          <Badge count={look.where.length} color="var(--waiting)">
            <Button icon={<FilterOutlined />}>{t("tables.conditions")}</Button>
          </Badge>
        </Popover>
        {!head.book && (
          <ViewActs head={head} look={look} view={view} changed={own !== null} onKept={choose} />
        )}
        {rows.total !== undefined && (
          <span className="quiet figure">
            {t("tables.rows", { count: rows.total, shown: number(rows.total) })}
          </span>
        )}
        {head.views
          .filter((one) => one.form)
          .map((one) => (
            <Link
              key={one.name}
              to={`/tables/of/${encodeURIComponent(head.sheet)}/form/${encodeURIComponent(one.name)}`}
            >
              <Tag>
                {t("tables.form")}: {said(one.name)}
              </Tag>
            </Link>
          ))}
      </div>
      <Grid
        head={head}
        fields={shown}
        list={rows}
        order={look.order}
        onOrder={(order) => setOwn({ ...look, order })}
        onFill={setFilling}
      />
      {open === "row" && <RowDialog head={head} onClose={() => setOpen(null)} />}
      {open === "field" && <FieldForm head={head} onClose={() => setOpen(null)} />}
      {filling !== null && <FillDrawer head={head} field={filling} onClose={() => setFilling(null)} />}
    </>
  );
}

function Bring({ sheet }: { sheet: string }) {
  const { t, number } = useWords();
  const { message } = App.useApp();
  const fault = useFault();
  const bring = useBringRows(sheet);
  return (
    <FileButton
      icon={<ImportOutlined />}
      busy={bring.isPending}
      label={t("tables.import")}
      onFile={(file) =>
        bring.mutate(file, {
          onSuccess: (made) => {
            void message.success(t("tables.brought", { shown: number(made.rows) }));
            if (made.left_out.length > 0)
              void message.warning(t("tables.leftOut", { names: made.left_out.join(", ") }));
          },
          onError: (error) => void message.warning(fault(error)),
        })
      }
    />
  );
}
