// One month for the owner: what AI did, what it was worth, and the three changes that would bring most.
import { Select, Table, Tag } from "antd";
import { Fragment } from "react";
import { useSearchParams } from "react-router";

import { type Month, useMonth } from "../../api/insight";
import { Actor } from "../../parts/Actor";
import { Loaded } from "../../parts/Loaded";
import { useWords } from "../../parts/useWords";
import { dayOf } from "./behind";
import { Best } from "./Best";
import { Figure } from "./Figure";

export function MonthPart() {
  const { t, month: named } = useWords();
  const [search, setSearch] = useSearchParams();
  const month = useMonth(search.get("month") ?? "");
  return (
    <Loaded query={month}>
      {(data) => (
        <>
          <div className="row choices">
            <Select
              aria-label={t("insight.owner.which")}
              style={{ minWidth: 180 }}
              value={dayOf(data.month)}
              options={data.months.map((one) => ({
                value: dayOf(one),
                label: named(one),
              }))}
              onChange={(value) => setSearch({ month: value })}
            />
            {data.simulated && <Tag color="gold">{t("app.demo")}</Tag>}
          </div>
          {data.work.activities === 0 ? (
            <p className="quiet">{t("insight.owner.nothing")}</p>
          ) : (
            <div className="two-columns">
              <Did month={data} />
              <WorthOf month={data} />
            </div>
          )}
          <h2>{t("insight.owner.best")}</h2>
          <p className="quiet small">{t("insight.owner.bestHow")}</p>
          <Best proposals={data.best} currency={data.currency} />
        </>
      )}
    </Loaded>
  );
}

function Did({ month }: { month: Month }) {
  const { t, said, number, share } = useWords();
  const at = dayOf(month.month);
  return (
    <section className="panel" aria-label={t("insight.owner.did")}>
      <h3>{t("insight.owner.did")}</h3>
      <p>
        {t("insight.owner.didLine", {
          alone: number(month.work.alone),
          activities: number(month.work.activities),
          people: number(month.work.with_people),
        })}
      </p>
      <dl className="figures">
        <Fact name={t("insight.owner.ended")}>
          <Figure of={{ closed: at, having: "ended" }}>{number(month.cases_ended)}</Figure>
        </Fact>
        <Fact name={t("insight.owner.straight")}>
          <Figure of={{ closed: at, having: "untouched" }}>{number(month.straight)}</Figure>
        </Fact>
      </dl>
      <Table
        rowKey="id"
        size="small"
        pagination={false}
        scroll={{ x: 380 }}
        dataSource={month.employees}
        columns={[
          {
            title: t("insight.owner.employee"),
            render: (_, one) => <Actor kind="agent" name={said(one.title)} />,
          },
          {
            title: t("insight.done"),
            align: "right",
            render: (_, one) => <Figure of={{ month: at, agent: one.id }}>{number(one.done)}</Figure>,
          },
          {
            title: t("insight.alone"),
            align: "right",
            render: (_, one) => (
              <Figure of={{ month: at, agent: one.id, having: "untouched" }}>
                {share(one.alone / one.done)}
              </Figure>
            ),
          },
        ]}
      />
    </section>
  );
}

function WorthOf({ month }: { month: Month }) {
  const { t, number, share, money } = useWords();
  const { work, ledger } = month;
  const at = dayOf(month.month);
  return (
    <section className="panel" aria-label={t("insight.owner.worth")}>
      <h3>{t("insight.owner.worth")}</h3>
      <dl className="figures">
        <Fact name={t("insight.owner.spared")}>
          <Figure of={{ month: at, having: "untouched" }}>{number(work.hours_spared)}</Figure>
        </Fact>
        <Fact name={t("insight.owner.value")}>
          <strong className="figure">{money(work.value, month.currency)}</strong>
        </Fact>
        <Fact name={t("insight.owner.calls")}>{money(work.calls_cost, month.currency)}</Fact>
        <Fact name={t("insight.owner.peopleHours")}>
          <Figure of={{ month: at, having: "touched" }}>{number(work.hours_of_people)}</Figure>
        </Fact>
      </dl>
      <p className="quiet small">{t("insight.owner.measured")}</p>
      <Sold month={month} />
      <h3>{t("insight.owner.ledger")}</h3>
      <dl className="figures">
        <Fact name={t("insight.owner.output")}>{money(ledger.output, ledger.currency)}</Fact>
        <Fact name={t("insight.owner.ofMeasured")}>{money(ledger.measured_output, ledger.currency)}</Fact>
        <Fact name={t("insight.owner.input")}>{money(ledger.input, ledger.currency)}</Fact>
        <Fact name={t("insight.owner.roi", { count: ledger.years })}>{share(ledger.roi)}</Fact>
        <Fact name={t("insight.owner.payback")}>
          {ledger.payback_years === null ? t("insight.worth.never") : number(ledger.payback_years)}
        </Fact>
      </dl>
    </section>
  );
}

function Sold({ month }: { month: Month }) {
  const { t, number, money } = useWords();
  return month.sold.map((one) => (
    <Fragment key={one.currency}>
      <h3>{t("insight.owner.sold", { count: one.orders })}</h3>
      <dl className="figures">
        <Fact name={t("insight.owner.net")}>{money(one.net, one.currency)}</Fact>
        <Fact name={t("insight.owner.margin")}>{money(one.margin, one.currency)}</Fact>
        <Fact name={t("insight.owner.netHead", { count: month.heads })}>
          {money(one.net_a_head, one.currency)}
        </Fact>
        <Fact name={t("insight.owner.marginHead")}>{money(one.margin_a_head, one.currency)}</Fact>
      </dl>
      {one.unknown > 0 && (
        <p className="quiet small">{t("insight.owner.noCost", { orders: number(one.unknown) })}</p>
      )}
    </Fragment>
  ));
}

export function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="figure">{children}</dd>
    </div>
  );
}
