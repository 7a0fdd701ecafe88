// What could be better: found and simulated, opened as a draft, put in force, measured against the prediction.
import { App, Button, Tag } from "antd";

import { type Estimate, type Proposal, useFindProposals, useProposals } from "../../api/insight";
import { Loaded } from "../../parts/Loaded";
import { useFault } from "../../parts/useFault";
import { useWords } from "../../parts/useWords";
import { Figure } from "./Figure";
import type { PartProps } from "./Insight";
import { cents } from "./measures";
import { Opening } from "./Opening";

const SIZE = { cases: 60, replications: 2 };
const COLOURS: Record<string, string> = { opened: "blue", released: "green", measured: "green" };

export function Proposals({ overview }: PartProps) {
  const { t } = useWords();
  const { message } = App.useApp();
  const fault = useFault();
  const proposals = useProposals();
  const finding = useFindProposals();
  const look = (): void =>
    finding.mutate(
      { process: overview.process, ...SIZE },
      {
        onSuccess: (found) => void message.success(t("insight.improve.found", { count: found.items.length })),
        onError: (error) => void message.warning(fault(error)),
      },
    );
  return (
    <>
      <p className="quiet">{t("insight.improve.lead")}</p>
      <div className="row choices">
        <Button type="primary" loading={finding.isPending} onClick={look}>
          {t("insight.improve.find")}
        </Button>
        <span className="quiet small">{t("insight.improve.findHow")}</span>
      </div>
      <Loaded
        query={proposals}
        empty={{ when: (data) => data.items.length === 0, say: t("insight.improve.none") }}
      >
        {(data) => {
          const own = data.items.filter((one) => one.process === overview.process);
          const idle = own.filter((one) => one.state === "proposed" && cents(one.worth.mean) <= 0);
          return (
            <>
              <Cards proposals={own.filter((one) => !idle.includes(one))} currency={overview.currency} />
              {idle.length > 0 && (
                <details>
                  <summary>{t("insight.improve.idle", { count: idle.length })}</summary>
                  <Cards proposals={idle} currency={overview.currency} />
                </details>
              )}
            </>
          );
        }}
      </Loaded>
    </>
  );
}

function Cards({ proposals, currency }: { proposals: readonly Proposal[]; currency: string }) {
  return (
    <ol className="proposals">
      {proposals.map((one) => (
        <li key={one.key} className="panel">
          <Card proposal={one} currency={currency} />
        </li>
      ))}
    </ol>
  );
}

function Card({ proposal, currency }: { proposal: Proposal; currency: string }) {
  const { t, said, money } = useWords();
  const { worth } = proposal;
  const [mean, low, high] = [cents(worth.mean), cents(worth.low), cents(worth.high)];
  return (
    <>
      <div className="spread">
        <h3>{said(proposal.title)}</h3>
        <Tag color={COLOURS[proposal.state] ?? "default"}>
          {t(`insight.improve.state.${proposal.state}` as "insight.improve.state.opened")}
        </Tag>
      </div>
      <div className="tile-value">
        <Figure of={{ process: proposal.process, node: proposal.element }}>{money(mean, currency)}</Figure>{" "}
        <span className="quiet small">{t("insight.improve.worth")}</span>
      </div>
      <p className="quiet small">
        {t("insight.owner.interval", { low: money(low, currency), high: money(high, currency) })}
        {low < 0 && ` – ${t("insight.owner.unsure")}`}
      </p>
      <p className="small">
        {t("insight.improve.cost")}: {money(proposal.monthly_cost, currency)}
        <br />
        {t("insight.improve.risk")}: {said(proposal.risk)}
      </p>
      <Evidence evidence={proposal.evidence} />
      <Gains proposal={proposal} currency={currency} />
      <Draft files={proposal.draft} />
      <Opening proposal={proposal} />
    </>
  );
}

/** A figure of the evidence, as its name says it is meant. */
function Evidence({ evidence }: { evidence: Record<string, unknown> }) {
  const { t, number, span, share } = useWords();
  const write = (name: string, value: unknown): string => {
    if (Array.isArray(value)) return value.map((one) => write(name, one)).join(" … ");
    if (typeof value !== "number") return String(value);
    if (name.endsWith("_s")) return span(value);
    if (/^(share_|error|coverage|alone)/.test(name)) return share(value);
    return number(Math.round(value * 100) / 100);
  };
  return (
    <dl className="figures" aria-label={t("insight.improve.evidence")}>
      {Object.entries(evidence).map(([name, value]) => (
        <div key={name}>
          <dt>{t(`insight.improve.evidenceOf.${name}` as "insight.improve.evidenceOf.people")}</dt>
          <dd className="figure">{write(name, value)}</dd>
        </div>
      ))}
    </dl>
  );
}

const MINUTE = 60;
const SHOWN = ["waiting_s", "cycle_median_s", "cost", "touches", "straight_through"] as const;

/** The simulated gain of each measure; after the release the measured one beside it. */
function Gains({ proposal, currency }: { proposal: Proposal; currency: string }) {
  const { t, number, span, share, money } = useWords();
  const write = (name: string, value: number): string => {
    const sign = value < 0 ? "−" : "";
    const size = Math.abs(value);
    if (name.endsWith("_s")) return size < MINUTE ? span(size) : sign + span(size);
    if (name === "cost") return money(cents(value), currency);
    return sign + (name === "straight_through" ? share(size) : number(Math.round(size * 100) / 100));
  };
  const whole = (name: string, one: Estimate | undefined): string =>
    one === undefined ? "–" : `${write(name, one.mean)} (${write(name, one.low)} … ${write(name, one.high)})`;
  const measured = proposal.measured?.gain;
  return (
    <table className="gains">
      <caption className="quiet small">{t("insight.improve.gain")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("insight.measure")}</th>
          <th scope="col">{t("insight.improve.predicted")}</th>
          {measured !== undefined && <th scope="col">{t("insight.improve.measured")}</th>}
        </tr>
      </thead>
      <tbody>
        {SHOWN.map((name) => (
          <tr key={name}>
            <th scope="row">{t(`insight.improve.figure.${name}`)}</th>
            <td>{whole(name, proposal.predicted[name])}</td>
            {measured !== undefined && (
              <td>{measured[name] === undefined ? "–" : write(name, measured[name])}</td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Draft({ files }: { files: Record<string, string> }) {
  const { t } = useWords();
  const names = Object.keys(files);
  if (names.length === 0) return <p className="quiet small">{t("insight.improve.noDraft")}</p>;
  return (
    <p className="small">
      {t("insight.improve.draft")}:{" "}
      {names.map((name) => (
        <a
          key={name}
          download={name}
          href={`data:application/xml;charset=utf-8,${encodeURIComponent(files[name] ?? "")}`}
        >
          {name}
        </a>
      ))}
    </p>
  );
}
