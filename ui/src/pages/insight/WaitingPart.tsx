// Where the time goes and why work waits; what is done again, and who hands over to whom.
import { Table } from "antd";
import { useMemo } from "react";

import { useHands, useWaiting, type Waiting } from "../../api/insight";
import { LazyChart } from "../../charts/LazyChart";
import { bars } from "../../charts/option";
import { Loaded } from "../../parts/Loaded";
import { usePages } from "../../parts/usePages";
import { useWords } from "../../parts/useWords";
import { useMode } from "../../shell/mode";
import { Figure } from "./Figure";
import type { PartProps } from "./Insight";

const CAUSES = ["contention", "batching", "prioritisation", "unavailability", "extraneous"] as const;
const BAR = 34;
const MOST = 12;

export function WaitingPart({ overview: { process } }: PartProps) {
  const { t } = useWords();
  const waiting = useWaiting(process);
  return (
    <>
      <Loaded
        query={waiting}
        empty={{ when: (data) => data.steps.length === 0, say: t("insight.waiting.none") }}
      >
        {(data) => (
          <>
            <h2>{t("insight.waiting.steps")}</h2>
            <p className="quiet small">{t("insight.waiting.stepsHow")}</p>
            <Steps waiting={data} process={process} />
            <h2>{t("insight.waiting.causes")}</h2>
            <p className="quiet small">{t("insight.waiting.causesHow")}</p>
            <Causes waiting={data} process={process} />
          </>
        )}
      </Loaded>
      <HandsOf process={process} />
    </>
  );
}

function Steps({ waiting, process }: { waiting: Waiting; process: string }) {
  const pages = usePages();
  const { t, said, number, share, span } = useWords();
  const name = (id: string): string => said(waiting.names[id] ?? id);
  return (
    <Table
      rowKey={(one) => `${one.before}>${one.after}`}
      size="small"
      scroll={{ x: 640 }}
      pagination={{ ...pages, pageSize: 8, showSizeChanger: false, hideOnSinglePage: true }}
      dataSource={waiting.steps.filter((one) => one.total_s > 0)}
      columns={[
        { title: t("insight.waiting.step"), render: (_, one) => `${name(one.before)} → ${name(one.after)}` },
        {
          title: t("insight.waiting.times"),
          align: "right",
          render: (_, one) => (
            <Figure of={{ process, before: one.before, after: one.after }}>{number(one.times)}</Figure>
          ),
        },
        {
          title: t("insight.waiting.mean"),
          align: "right",
          render: (_, one) => span(one.total_s / one.times),
        },
        {
          title: t("insight.waiting.share"),
          width: 200,
          render: (_, one) => (
            <div className="share-bar">
              <span style={{ width: `${100 * one.share}%` }} aria-hidden />
              <span className="figure small">{share(one.share)}</span>
            </div>
          ),
        },
      ]}
    />
  );
}

function Causes({ waiting, process }: { waiting: Waiting; process: string }) {
  const { t, said, span } = useWords();
  const [mode] = useMode();
  const rows = useMemo(
    () =>
      waiting.causes.map((one) => ({
        ...one,
        people: one.contention + one.batching + one.prioritisation + one.unavailability,
      })),
    [waiting],
  );
  const ofPeople = useMemo(
    () =>
      [...rows]
        .filter((one) => one.people > 0)
        .sort((one, other) => other.people - one.people)
        .slice(0, MOST),
    [rows],
  );
  const option = useMemo(
    () =>
      bars(
        mode,
        ofPeople.map((one) => said(waiting.names[one.activity] ?? one.activity)),
        CAUSES.map((cause) => ({
          name: t(`insight.waiting.cause.${cause}`),
          values: ofPeople.map((one) => one[cause]),
        })),
        span,
      ),
    [mode, ofPeople, waiting, said, span, t],
  );
  return (
    <>
      {ofPeople.length > 0 && (
        <section className="panel" aria-label={t("insight.waiting.people")}>
          <h3>{t("insight.waiting.people")}</h3>
          <LazyChart
            option={option}
            label={t("insight.waiting.people")}
            height={80 + BAR * ofPeople.length}
          />
        </section>
      )}
      <Table
        rowKey="activity"
        size="small"
        style={{ marginTop: 12 }}
        scroll={{ x: 760 }}
        pagination={false}
        dataSource={rows}
        columns={[
          {
            title: t("insight.activity"),
            render: (_, one) => (
              <Figure of={{ process, node: one.activity }}>
                {said(waiting.names[one.activity] ?? one.activity)}
              </Figure>
            ),
          },
          ...CAUSES.map((cause) => ({
            title: t(`insight.waiting.cause.${cause}`),
            align: "right" as const,
            render: (_: unknown, one: Waiting["causes"][number]) => (one[cause] > 0 ? span(one[cause]) : "–"),
          })),
        ]}
      />
    </>
  );
}

function HandsOf({ process }: { process: string }) {
  const pages = usePages();
  const { t, said, number, share } = useWords();
  const hands = useHands(process);
  return (
    <Loaded query={hands}>
      {(data) => (
        <div className="two-columns">
          <section>
            <h2>{t("insight.waiting.rework")}</h2>
            <Table
              rowKey="activity"
              size="small"
              scroll={{ x: 360 }}
              pagination={false}
              locale={{ emptyText: t("insight.waiting.noRework") }}
              dataSource={data.rework}
              columns={[
                {
                  title: t("insight.activity"),
                  render: (_, one) => said(data.names[one.activity] ?? one.activity),
                },
                {
                  title: t("insight.waiting.again"),
                  align: "right",
                  render: (_, one) => (
                    <Figure of={{ process, node: one.activity, again: "true" }}>
                      {`${number(one.cases)} (${share(one.share)})`}
                    </Figure>
                  ),
                },
                {
                  title: t("insight.waiting.repeated"),
                  align: "right",
                  render: (_, one) => number(one.repeated),
                },
              ]}
            />
          </section>
          <section>
            <h2>{t("insight.waiting.handovers")}</h2>
            <Table
              rowKey={(one) => `${one.before.en}>${one.after.en}`}
              size="small"
              scroll={{ x: 360 }}
              pagination={{ ...pages, pageSize: 8, showSizeChanger: false, hideOnSinglePage: true }}
              locale={{ emptyText: t("insight.waiting.noHandovers") }}
              dataSource={data.handovers}
              columns={[
                { title: t("insight.waiting.from"), render: (_, one) => said(one.before) },
                { title: t("insight.waiting.to"), render: (_, one) => said(one.after) },
                { title: t("insight.waiting.times"), align: "right", render: (_, one) => number(one.times) },
              ]}
            />
          </section>
        </div>
      )}
    </Loaded>
  );
}
