// How a digital employee stands: at work or stopped, in which version, and what stands beside it.
import type { EmployeeShort } from "../../api/employees";
import { useWords } from "../../parts/useWords";

export function StateLine({ employee }: { employee: EmployeeShort }) {
  const { t, share } = useWords();
  const beside =
    employee.candidate === null
      ? null
      : t(employee.stage === "share" ? "team.state.share" : "team.state.shadow", {
          version: employee.candidate,
          share: share(employee.share),
        });
  return (
    <div className="quiet small">
      <span className={employee.stopped ? "mate-stopped" : undefined}>
        {t(employee.stopped ? "team.state.stopped" : "team.state.works")}
      </span>
      {" · "}
      {t("team.version", { version: employee.version })}
      {beside !== null && ` · ${beside}`}
    </div>
  );
}
