// What makes a difference: a group of cases against the rest, what they have in common, when it changed, the model.
import { Segmented, Select, Table } from "antd";
import { useState } from "react";

import { type Branch, type Differences as Found, type Group, useDifferences } from "../../api/insight";
import { ApiError } from "../../api/client";
import { Loaded } from "../../parts/Loaded";
import { useWords } from "../../parts/useWords";
import { Figure } from "./Figure";
import { Fitting } from "./Fitting";
import type { PartProps } from "./Insight";

const GROUPS = ["late", "quick", "untouched"] as const;

export function Differences({ overview: { process } }: PartProps) {
  const { t } = useWords();
  const [group, setGroup] = useState<Group>("late");
  const [among, setAmong] = useState("");
  const found = useDifferences(process, group, among);
  const few = found.error instanceof ApiError && found.error.status === 422;
  return (
    <>
      <div className="row choices">
        <span>{t("insight.differences.group")}</span>
        <Segmented
          aria-label={t("insight.differences.group")}
          value={group}
          options={GROUPS.map((value) => ({ value, label: t(`insight.differences.${value}`) }))}
          onChange={setGroup}
        />
        {found.data !== undefined && <Among found={found.data} onAmong={setAmong} />}
      </div>
      {few ? (
        <p className="quiet">{t("insight.differences.few")}</p>
      ) : (
        <Loaded query={found}>{(data) => <Shown found={data} process={process} />}</Loaded>
      )}
      <Fitting process={process} />
    </>
  );
}

function Among({ found, onAmong }: { found: Found; onAmong: (activity: string) => void }) {
  const { t, said } = useWords();
  return (
    <>
      <span>{t("insight.differences.among")}</span>
      <Select
        aria-label={t("insight.differences.among")}
        style={{ minWidth: 200 }}
        value={found.among.id}
        options={found.activities.map((id) => ({ value: id, label: said(found.names[id] ?? id) }))}
        onChange={onAmong}
      />
    </>
  );
}

function Shown({ found, process }: { found: Found; process: string }) {
  const { t, said, number, share, span, day } = useWords();
  const name = (id: string): string => said(found.names[id] ?? id);
  const percent = { style: "percent", maximumSignificantDigits: 2 } as const;
  return (
    <>
      <h2>{t("insight.differences.found")}</h2>
      <p className="quiet small">
        {t("insight.differences.foundHow", { group: number(found.in_group), cases: number(found.cases) })}
      </p>
      <Table
        rowKey="activity"
        size="small"
        scroll={{ x: 720 }}
        pagination={false}
        locale={{ emptyText: t("insight.differences.nothing") }}
        dataSource={found.differences}
        columns={[
          {
            title: t("insight.activity"),
            render: (_, one) => <Figure of={{ process, node: one.activity }}>{name(one.activity)}</Figure>,
          },
          {
            title: t("insight.differences.inGroup"),
            align: "right",
            render: (_, one) => share(one.share[0]),
          },
          {
            title: t("insight.differences.inOthers"),
            align: "right",
            render: (_, one) => share(one.share[1]),
          },
          {
            title: t("insight.differences.timeGroup"),
            align: "right",
            render: (_, one) => span(one.median_s[0]),
          },
          {
            title: t("insight.differences.timeOthers"),
            align: "right",
            render: (_, one) => span(one.median_s[1]),
          },
          {
            title: t("insight.differences.chance"),
            align: "right",
            render: (_, one) =>
              one.chance < 0.0001 ? "< 0.01%" : new Intl.NumberFormat("en-GB", percent).format(one.chance),
          },
        ]}
      />
      <h2>{t("insight.differences.causes")}</h2>
      <p className="quiet small">{t("insight.differences.causesHow")}</p>
      <ul className="tree panel">
        <BranchLine branch={found.causes} process={process} />
      </ul>
      <h2>{t("insight.differences.drift")}</h2>
      {found.drift.length === 0 && <p className="quiet">{t("insight.differences.noDrift")}</p>}
      {found.drift.map((one) => (
        <section key={one.at} className="panel">
          <h3>{day(one.at)}</h3>
          <ul>
            {one.changed.map((step) => (
              <li key={`${step.before}>${step.after}`}>
                {t("insight.differences.driftLine", {
                  before: name(step.before),
                  after: name(step.after),
                  was: share(step.share[0]),
                  now: share(step.share[1]),
                })}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function BranchLine({ branch, process }: { branch: Branch; process: string }) {
  const { t, number, share } = useWords();
  return (
    <li>
      <strong>{branch.rule.replace(" is not ", " ≠ ") || t("insight.differences.all")}</strong>{" "}
      <span className="figure">
        {t("insight.differences.branch", { share: share(branch.share), cases: number(branch.cases) })}
      </span>{" "}
      {branch.examples.length > 0 && (
        <span className="quiet small">
          {branch.examples.map((one) => (
            <Figure key={one} of={{ process, number: one }}>
              {one}{" "}
            </Figure>
          ))}
        </span>
      )}
      {branch.branches.length > 0 && (
        <ul>
          {branch.branches.map((one) => (
            <BranchLine key={one.rule} branch={one} process={process} />
          ))}
        </ul>
      )}
    </li>
  );
}
