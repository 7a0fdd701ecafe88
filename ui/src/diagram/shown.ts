// Marks on a diagram, brought up to date: only what changed is touched, so that a large map can move quickly.
import { type Mark, type Marks, overlayOf } from "./marks";

/** What of bpmn-js is used here. */
export interface Surface {
  has: (element: string) => boolean;
  addMarker: (element: string, marker: string) => void;
  removeMarker: (element: string, marker: string) => void;
  /** Gives the id of the overlay. */
  addOverlay: (element: string, html: HTMLElement) => string;
  removeOverlay: (id: string) => void;
}

interface Shown {
  mark: Mark;
  overlay: { id: string; html: HTMLElement } | null;
}

/** Whether two marks show the same; asked for every element ten times a second. */
function same(one: Mark, two: Mark): boolean {
  return (
    one.state === two.state &&
    one.active === two.active &&
    one.waiting === two.waiting &&
    one.incidents === two.incidents &&
    one.heat?.text === two.heat?.text &&
    one.heat?.warmth === two.heat?.warmth
  );
}

export class Marking {
  private readonly shown = new Map<string, Shown>();
  private selected: string | null = null;

  constructor(private readonly surface: Surface) {}

  /** Show these marks and no others. */
  show(marks: Marks, selected: string | null): void {
    for (const id of [...this.shown.keys()]) if (marks[id] === undefined) this.take(id);
    for (const [id, mark] of Object.entries(marks)) this.put(id, mark);
    this.select(selected);
  }

  private put(id: string, mark: Mark): void {
    const before = this.shown.get(id);
    if ((before !== undefined && same(before.mark, mark)) || !this.surface.has(id)) return;
    const html = overlayOf(mark);
    if (before?.overlay && html !== null && before.mark.state === mark.state) {
      before.overlay.html.replaceChildren(...html.childNodes); // in its place: placing anew is dear
      this.shown.set(id, { mark, overlay: before.overlay });
      return;
    }
    this.take(id);
    if (mark.state !== undefined) this.surface.addMarker(id, `is-${mark.state}`);
    const overlay = html === null ? null : { id: this.surface.addOverlay(id, html), html };
    this.shown.set(id, { mark, overlay });
  }

  private take(id: string): void {
    const before = this.shown.get(id);
    if (before === undefined) return;
    if (before.mark.state !== undefined) this.surface.removeMarker(id, `is-${before.mark.state}`);
    if (before.overlay !== null) this.surface.removeOverlay(before.overlay.id);
    this.shown.delete(id);
  }

  private select(id: string | null): void {
    if (id === this.selected) return;
    if (this.selected !== null) this.surface.removeMarker(this.selected, "is-selected");
    this.selected = id !== null && this.surface.has(id) ? id : null;
    if (this.selected !== null) this.surface.addMarker(this.selected, "is-selected");
  }
}
