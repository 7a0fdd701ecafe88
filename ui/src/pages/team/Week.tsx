// Seven days as bars: what was done without anyone, and how often people were asked.
import type { Employee } from "../../api/employees";
import { useWords } from "../../parts/useWords";

export function Week({ employee }: { employee: Employee }) {
  const { t, language, number, money, day } = useWords();
  const { week, days } = employee;
  const most = Math.max(1, ...days.map((one) => one.done + one.asked));
  const weekday = new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en-GB", { weekday: "narrow" });
  const title = !employee.current ? t("team.weekUntil", { day: day(employee.until) }) : t("team.week");
  const figures: [string, string][] = [
    [t("team.done"), number(week.done)],
    [t("team.alone"), number(week.done - week.asked)],
    [t("team.asked"), number(week.asked)],
    [t("team.changed"), `${number(week.corrected)} / ${number(week.reviewed)}`],
    [t("team.cost"), money(week.cost, employee.currency)],
  ];
  return (
    <section className="panel" aria-label={title}>
      <h2>{title}</h2>
      <ol className="week">
        {days.map((one) => (
          <li
            key={one.day}
            title={t("team.day", { day: day(one.day), done: one.done, asked: one.asked })}
            aria-label={t("team.day", { day: day(one.day), done: one.done, asked: one.asked })}
          >
            <span className="week-bar" aria-hidden>
              <span style={{ height: `${(100 * one.asked) / most}%`, background: "var(--person)" }} />
              <span style={{ height: `${(100 * one.done) / most}%`, background: "var(--agent)" }} />
            </span>
            <span className="quiet small" aria-hidden>
              {weekday.format(new Date(one.day))}
            </span>
          </li>
        ))}
      </ol>
      <dl className="facts">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="figure">{value}</dd>
          </div>
        ))}
      </dl>
      {week.tokens > 0 && <p className="quiet small">{t("team.tokens", { count: week.tokens })}</p>}
    </section>
  );
}
