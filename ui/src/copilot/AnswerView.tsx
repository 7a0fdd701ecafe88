// One answer: sentence, bars or table, what was understood, links to the source, what could be done, or what comes near.
import { Link } from "react-router";

import { useWords } from "../parts/useWords";
import type { Answer } from "./asking";
import { ProposalRow } from "./ProposalRow";

/** Rows that are shown at once; the rest stands where the links lead. */
const ROWS = 12;

export function AnswerView({ answer, onAsk }: { answer: Answer; onAsk: (question: string) => void }) {
  const { t } = useWords();
  const rows = answer.rows.slice(0, ROWS);
  return (
    <div className={answer.answered ? "copilot-answer" : "copilot-answer is-refused"} lang={answer.language}>
      <p>{answer.sentence}</p>
      {answer.bars.length > 0 ? (
        <Bars answer={answer} />
      ) : (
        rows.length > 0 && <Rows answer={answer} rows={rows} />
      )}
      {answer.rows.length > ROWS && answer.bars.length === 0 && (
        <p className="quiet small">{t("copilot.more", { count: answer.rows.length - ROWS })}</p>
      )}
      {answer.understood.length > 0 && (
        <details className="quiet small">
          <summary>{t("copilot.understood")}</summary>
          <ul>
            {answer.understood.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
          {answer.source !== "grammar" && <p>{t("copilot.byModel", { profile: answer.source })}</p>}
        </details>
      )}
      {answer.nearest.length > 0 && (
        <div className="copilot-examples" role="group" aria-label={t("copilot.nearest")}>
          <span className="quiet small">{t("copilot.nearest")}</span>
          {answer.nearest.map((one) => (
            <button key={one} type="button" className="copilot-chip" onClick={() => onAsk(one)}>
              {one}
            </button>
          ))}
        </div>
      )}
      {answer.proposals.map((one) => (
        <ProposalRow key={`${one.kind}-${one.key}`} proposal={one} />
      ))}
      {answer.links.length > 0 && (
        <p className="small">
          <span className="quiet">{t("copilot.source")} </span>
          {answer.links.map((one) => (
            <Link key={one.to} to={one.to}>
              {one.title}
            </Link>
          ))}
        </p>
      )}
    </div>
  );
}

function Bars({ answer }: { answer: Answer }) {
  return (
    <ul className="copilot-bars">
      {answer.bars.map((bar) => (
        <li key={bar.label}>
          <span className="clip">{bar.to == null ? bar.label : <Link to={bar.to}>{bar.label}</Link>}</span>
          <span className="figure">{bar.text}</span>
          <span className="copilot-bar" aria-hidden="true">
            <span style={{ width: `${bar.part * 100}%` }} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Rows({ answer, rows }: { answer: Answer; rows: Answer["rows"] }) {
  return (
    <div className="copilot-table" tabIndex={0} role="region" aria-label={answer.question}>
      <table>
        <thead>
          <tr>
            {answer.columns.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, place) => (
            <tr key={place}>
              {row.map((cell, column) => (
                <td key={answer.columns[column]}>
                  {cell.to == null ? cell.text : <Link to={cell.to}>{cell.text}</Link>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
