// The portrait of a digital employee: a hexagon with the first letters of its title.
import { useWords } from "../../parts/useWords";

const HEXAGON = "M32 2l26 15v30L32 62 6 47V17z";

/** The first letters of two words, or the first sign of a Chinese title. */
export function initials(title: string): string {
  const words = title.split(/\s+/).filter((word) => word !== "");
  if (/\p{Script=Han}/u.test(title)) return title.slice(0, 1);
  return words
    .slice(0, 2)
    .map((word) => word.slice(0, 1).toUpperCase())
    .join("");
}

export function Portrait({
  title,
  stopped,
  size = 56,
}: {
  title: { en: string; zh: string };
  stopped: boolean;
  size?: number;
}) {
  const { said } = useWords();
  return (
    <svg
      className={stopped ? "portrait resting" : "portrait"}
      width={size}
      height={size}
      viewBox="0 0 64 64"
      aria-hidden
    >
      <path d={HEXAGON} />
      <text x="32" y="33" dominantBaseline="central" textAnchor="middle">
        {initials(said(title))}
      </text>
    </svg>
  );
}
