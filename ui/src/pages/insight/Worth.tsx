// Return on investment: the ledger with measured and assumed apart, plan beside actual, payback, sensitivity.
import { Table, Tag } from "antd";
import { useMemo } from "react";

import { type Return, type Sums, useReturn } from "../../api/insight";
import { LazyChart } from "../../charts/LazyChart";
import { bars } from "../../charts/option";
import { Loaded } from "../../parts/Loaded";
import { useWords } from "../../parts/useWords";
import { useMode } from "../../shell/mode";
import { Items } from "./Items";
import { Figure } from "./Figure";
import { Fact } from "./MonthPart";

const BAR = 30;
const MOST = 10;

export function Worth() {
  const { t } = useWords();
  const found = useReturn();
  return (
    <Loaded query={found}>
      {(data) => (
        <>
          <p className="quiet">{t("insight.worth.lead")}</p>
          {data.ledger === 0 && <p className="quiet small">{t("insight.worth.shipped")}</p>}
          <Whole found={data} />
          <h2>{t("insight.worth.scenes")}</h2>
          <Scenes found={data} />
          <h2>{t("insight.worth.items")}</h2>
          <Items found={data} />
          <h2>{t("insight.worth.sensitivity")}</h2>
          <p className="quiet small">{t("insight.worth.sensitivityHow")}</p>
          <Sensitivity found={data} />
        </>
      )}
    </Loaded>
  );
}

function usePayback(): (sums: Sums) => string {
  const { t, number } = useWords();
  return ({ payback_years }) =>
    payback_years === null
      ? t("insight.worth.never")
      : t("insight.worth.years", { value: number(payback_years) });
}

function Whole({ found }: { found: Return }) {
  const { t, money, share, number, day } = useWords();
  const payback = usePayback();
  const { actual, planned, currency, years } = found;
  const rows: [string, string, string][] = [
    [t("insight.worth.output"), money(actual.output, currency), money(planned.output, currency)],
    [t("insight.worth.input"), money(actual.yearly_input, currency), money(planned.yearly_input, currency)],
    [t("insight.worth.initial"), money(actual.initial, currency), money(planned.initial, currency)],
    [t("insight.worth.roi", { count: years }), share(actual.roi), share(planned.roi)],
    [t("insight.worth.payback"), payback(actual), payback(planned)],
  ];
  return (
    <section className="panel">
      <dl className="figures">
        {rows.map(([name, now, plan]) => (
          <Fact key={name} name={name}>
            <strong>{now}</strong>{" "}
            <span className="quiet small">{`${t("insight.worth.plan")}: ${plan}`}</span>
          </Fact>
        ))}
        <Fact name={t("insight.worth.measuredPart")}>{money(found.measured_output, currency)}</Fact>
      </dl>
      {found.observed
        .filter((one) => one.since !== null && one.until !== null)
        .map((one) => (
          <p key={one.process} className="quiet small">
            <Figure of={one.process === "" ? {} : { process: one.process }}>
              {t("insight.worth.observed", {
                since: day(one.since ?? ""),
                until: day(one.until ?? ""),
                cases: number(one.cases),
              })}
            </Figure>
          </p>
        ))}
    </section>
  );
}

function Scenes({ found }: { found: Return }) {
  const { t, said, money, share } = useWords();
  const payback = usePayback();
  const { currency } = found;
  const both = (now: string, plan: string) => (
    <>
      {now}
      <div className="quiet small">{`${t("insight.worth.plan")}: ${plan}`}</div>
    </>
  );
  return (
    <Table
      rowKey="id"
      size="small"
      scroll={{ x: 760 }}
      pagination={false}
      dataSource={found.scenes}
      columns={[
        {
          title: t("insight.worth.scene"),
          render: (_, one) => (
            <>
              {said(one.title)}
              {one.strategic.map((text) => (
                <div key={text.en} className="quiet small">
                  <Tag>{t("insight.worth.strategic")}</Tag> {said(text)}
                </div>
              ))}
            </>
          ),
        },
        {
          title: t("insight.worth.output"),
          align: "right",
          render: (_, one) => both(money(one.actual.output, currency), money(one.planned.output, currency)),
        },
        {
          title: t("insight.worth.input"),
          align: "right",
          render: (_, one) =>
            both(money(one.actual.yearly_input, currency), money(one.planned.yearly_input, currency)),
        },
        {
          title: t("insight.worth.roi", { count: found.years }),
          align: "right",
          render: (_, one) => both(share(one.actual.roi), share(one.planned.roi)),
        },
        {
          title: t("insight.worth.payback"),
          align: "right",
          render: (_, one) => both(payback(one.actual), payback(one.planned)),
        },
      ]}
    />
  );
}

/** The return at both ends of each assumption, as two bars. */
function Sensitivity({ found }: { found: Return }) {
  const { t, said, share } = useWords();
  const [mode] = useMode();
  const shown = useMemo(() => found.sensitivity.slice(0, MOST), [found]);
  const option = useMemo(() => {
    const names = shown.map((one) => said(one.title));
    const rows = [
      { name: t("insight.worth.low"), values: shown.map((one) => one.roi_at_low) },
      { name: t("insight.worth.high"), values: shown.map((one) => one.roi_at_high) },
    ];
    return bars(mode, names, rows, share, false);
  }, [mode, shown, said, share, t]);
  return (
    <section className="panel">
      <LazyChart
        option={option}
        label={`${t("insight.worth.sensitivity")}: ${shown
          .map((one) => `${said(one.title)} ${share(one.roi_at_low)} – ${share(one.roi_at_high)}`)
          .join("; ")}`}
        height={60 + 2 * BAR * shown.length}
      />
    </section>
  );
}
