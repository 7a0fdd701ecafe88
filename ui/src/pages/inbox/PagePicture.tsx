// A page as a picture, with boxes where the values of the suggestion stand.
import { type Block, marksOn } from "./places";

interface Props {
  address: string;
  page: number;
  label: string;
  blocks: readonly Block[];
  wordings: readonly string[];
  focus: string;
}

const percent = (share: number): string => `${(share * 100).toFixed(2)}%`;

export function PagePicture({ address, page, label, blocks, wordings, focus }: Props) {
  return (
    <div className="page-picture">
      <a href={address} target="_blank" rel="noreferrer">
        <img src={address} alt={label} />
      </a>
      {marksOn(page, blocks, wordings).map(({ box: [left, top, right, bottom], wording }, index) => (
        <span
          key={index}
          className={`place-box${wording === focus ? " in-focus" : ""}`}
          title={wording}
          style={{
            left: percent(left),
            top: percent(top),
            width: percent(right - left),
            height: percent(bottom - top),
          }}
        />
      ))}
    </div>
  );
}
