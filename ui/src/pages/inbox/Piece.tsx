// A paragraph or table of a document as text, with the places of the suggestion's values marked. Text is only text.
import { type Block, rangesIn, wordingAt } from "./places";

interface Props {
  block: Block;
  wordings: readonly string[];
  focus: string;
}

export function Piece({ block, wordings, focus }: Props) {
  if (block.rows.length === 0)
    return (
      <p className={block.role}>
        <Marked text={block.text} wordings={wordings} focus={focus} />
      </p>
    );
  return (
    <table className="lines">
      <tbody>
        {block.rows.map((row, index) => (
          <tr key={index}>
            {row.map((cell, place) => {
              const wording = wordingAt(cell, row.join(" "), wordings);
              if (wording === undefined) return <td key={place}>{cell}</td>;
              return (
                <td key={place}>
                  <mark className={wording === focus ? "in-focus" : ""}>{cell}</mark>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Marked({ text, wordings, focus }: { text: string } & Omit<Props, "block">) {
  const ranges = rangesIn(text, wordings);
  const pieces = ranges.map((range, index) => (
    <span key={range.start}>
      {text.slice(ranges[index - 1]?.end ?? 0, range.start)}
      <mark className={range.wording === focus ? "in-focus" : ""}>{text.slice(range.start, range.end)}</mark>
    </span>
  ));
  return (
    <>
      {pieces}
      {text.slice(ranges.at(-1)?.end ?? 0)}
    </>
  );
}
