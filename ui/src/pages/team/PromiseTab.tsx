// What may pass unseen, as a sentence with its numbers, and the measured error drawn against it.
import { Empty, Tag } from "antd";

import type { Shapes } from "../../api/client";
import type { Employee } from "../../api/employees";
import { useWords } from "../../parts/useWords";
import { PromiseChart } from "./PromiseChart";

type Promised = Shapes["PromiseShape"];
type Point = Shapes["PointShape"];

export function PromiseTab({ employee }: { employee: Employee }) {
  const { t } = useWords();
  return (
    <>
      <p className="quiet">{t("team.promise.lead")}</p>
      {employee.promises.length === 0 && (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("team.promise.none")} />
      )}
      <div className="promises">
        {employee.promises.map((one) => (
          <OnePromise key={`${one.activity} ${one.output}`} promise={one} />
        ))}
      </div>
    </>
  );
}

function OnePromise({ promise }: { promise: Promised }) {
  const { t, said, share, number } = useWords();
  const last = promise.series.at(-1);
  const measured = (point: Point | undefined): string => {
    if (point === undefined) return t("team.promise.notMeasured");
    if (point.audited > 0)
      return t("team.promise.measured", {
        share: share(point.audit_wrong / point.audited),
        count: number(point.audited),
      });
    return t("team.promise.allReviewed", {
      share: share(point.wrong / point.reviewed),
      count: number(point.reviewed),
    });
  };
  return (
    <section className="panel" aria-label={said(promise.name)}>
      <div className="spread">
        <h2>
          {said(promise.name)}
          {promise.output !== "draft" && (
            <span className="quiet"> · {t(`team.field.${promise.output}`, promise.output)}</span>
          )}
        </h2>
        <Tag color={promise.state === "stopped" ? "error" : undefined}>
          {t(`team.promise.state.${promise.state}`)}
        </Tag>
      </div>
      <p>{said(promise.says)}</p>
      {promise.target !== null && (
        <>
          <p className="quiet">{measured(last)}</p>
          <PromiseChart target={promise.target} series={promise.series} />
        </>
      )}
    </section>
  );
}
