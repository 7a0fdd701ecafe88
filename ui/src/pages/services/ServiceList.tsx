// All services, those outside first, with their health and what they were used for.
import { Table } from "antd";
import { Link } from "react-router";

import { type ServiceShort, useServices } from "../../api/services";
import { ActorMark } from "../../parts/Actor";
import { Loaded } from "../../parts/Loaded";
import { useWords } from "../../parts/useWords";
import { mayAny, useMe } from "../../shell/me";
import { gone } from "./gone";
import { Health } from "./Health";
import { Register } from "./Register";
import { useServiceName } from "./useServiceName";

export function ServiceList() {
  const { t } = useWords();
  const me = useMe();
  const services = useServices();
  const may = me.data !== undefined && mayAny(me.data, ["manage_services"]);
  return (
    <Loaded query={services}>
      {(data) => {
        const outside = data.items.filter((one) => one.kind !== "built_in");
        const builtIn = data.items.filter((one) => one.kind === "built_in");
        return (
          <>
            <div className="spread">
              <h2>{t("services.outside")}</h2>
              {may && <Register />}
            </div>
            {outside.length === 0 ? (
              <p className="quiet">{t("services.noneOutside")}</p>
            ) : (
              <Rows label={t("services.outside")} items={outside} currency={data.currency} />
            )}
            <h2>{t("services.builtIn")}</h2>
            <p className="quiet small">{t("services.useOfEach", { days: data.days })}</p>
            <Rows label={t("services.builtIn")} items={builtIn} currency={data.currency} />
          </>
        );
      }}
    </Loaded>
  );
}

interface RowsProps {
  label: string;
  items: ServiceShort[];
  currency: string;
}

function Rows({ label, items, currency }: RowsProps) {
  const { t, number, money, day } = useWords();
  const nameOf = useServiceName();
  return (
    <Table<ServiceShort>
      aria-label={label}
      className="services"
      rowKey="name"
      size="small"
      pagination={false}
      scroll={{ x: 900 }}
      dataSource={items}
      columns={[
        {
          title: t("services.name"),
          render: (_, one) => (
            <>
              <Link to={`/services/of/${one.name}`}>{nameOf(one)}</Link>
              {one.kind !== "built_in" && (
                <div className="quiet small">
                  {t(`services.kind.${one.kind}`)} · {t(`services.environment.${one.environment}`)}
                </div>
              )}
            </>
          ),
        },
        {
          title: t("services.state"),
          width: 140,
          render: (_, one) => (
            <>
              <Health state={gone(one) ? "retired" : one.health} />
              {one.retired_at !== null && !gone(one) && (
                <div className="quiet small">{t("services.endsOn", { day: day(one.retired_at) })}</div>
              )}
            </>
          ),
        },
        { title: t("services.operations"), width: 90, align: "right", dataIndex: "operations" },
        {
          title: t("services.calls"),
          width: 100,
          align: "right",
          sorter: (one, other) => one.use.calls - other.use.calls,
          render: (_, one) => number(one.use.calls),
        },
        { title: t("services.by"), width: 170, render: (_, one) => <Who use={one.use} /> },
        {
          title: t("services.trouble"),
          width: 130,
          align: "right",
          sorter: (one, other) => troubled(one) - troubled(other),
          render: (_, one) => (
            <span className={troubled(one) > 0 ? "trouble" : "quiet"}>{number(troubled(one))}</span>
          ),
        },
        {
          title: t("services.mean"),
          width: 100,
          align: "right",
          render: (_, one) =>
            one.use.mean_ms === null ? "–" : t("services.ms", { value: number(one.use.mean_ms) }),
        },
        {
          title: t("services.cost"),
          width: 120,
          align: "right",
          render: (_, one) => money(one.use.cost, currency),
        },
        {
          title: t("services.last"),
          width: 130,
          render: (_, one) => (one.use.last === null ? t("services.never") : day(one.use.last)),
        },
      ]}
    />
  );
}

function Who({ use }: { use: ServiceShort["use"] }) {
  const { number } = useWords();
  return (
    <span className="row">
      <ActorMark kind="person" size={10} /> {number(use.people)}
      <ActorMark kind="agent" size={10} /> {number(use.agents)}
    </span>
  );
}

function troubled(one: ServiceShort): number {
  return one.use.refused + one.use.failed;
}
