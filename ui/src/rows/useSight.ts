// Which rows of a long list are in sight, where all rows are equally high: only those are drawn.
import { type RefObject, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";

/** Rows beyond the edges that are drawn ahead of their being seen. */
const AHEAD = 10;

/** What is seen of a list: its first and last row, and whether that was measured or is only expected. */
interface Seen {
  first: number;
  last: number;
  measured: boolean;
}

interface Sight {
  /** What scrolls. */
  place: RefObject<HTMLDivElement | null>;
  /** The rows to be drawn, in order. */
  rows: readonly number[];
}

/** The rows that a place shows, given how far it is scrolled and how high it is (pixels). */
export function seen(top: number, high: number, row: number): { first: number; last: number } {
  return { first: Math.floor(top / row), last: Math.max(0, Math.ceil((top + high) / row) - 1) };
}

/** The rows to be drawn of so many, some more on each side. */
export function drawn(count: number, first: number, last: number, ahead: number): number[] {
  const from = Math.max(0, Math.min(first, count - 1) - ahead);
  const to = Math.min(count - 1, last + ahead);
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}

/**
 * Follow what is in sight. The first drawing expects as many rows as the window is high and measures nothing: a place
 * that is measured while it is drawn is laid out twice.
 *
 * @param count rows of the whole list
 * @param row pixels of each
 * @param open the row that is to be in sight when it changes; -1 for none
 */
export function useSight(count: number, row: number, open = -1): Sight {
  const place = useRef<HTMLDivElement>(null);
  const [now, setNow] = useState<Seen>(() => ({ ...seen(0, innerHeight, row), measured: false }));
  useEffect(() => {
    const list = place.current;
    if (list === null) return undefined;
    const look = (): void => {
      const next = seen(list.scrollTop, list.clientHeight, row);
      setNow((before) =>
        before.measured && before.first === next.first && before.last === next.last
          ? before
          : { ...next, measured: true },
      );
    };
    const scrolled = (): void => flushSync(look); // what is scrolled to is there in the same picture
    const watch = new ResizeObserver(look);
    watch.observe(list);
    list.addEventListener("scroll", scrolled, { passive: true });
    return () => {
      watch.disconnect();
      list.removeEventListener("scroll", scrolled);
    };
  }, [row]);
  const { measured } = now;
  useEffect(() => {
    const list = place.current;
    if (list === null || !measured || open < 0) return;
    const [above, below] = [open * row, (open + 1) * row - list.clientHeight];
    if (list.scrollTop > above) list.scrollTop = above;
    else if (list.scrollTop < below) list.scrollTop = below;
  }, [open, row, measured]);
  return { place, rows: drawn(count, now.first, now.last, measured ? AHEAD : 0) };
}
