// One diagram for looking: live tokens, the travelled path, or heat. Its watermark stays visible, as the licence asks.
import "bpmn-js/dist/assets/diagram-js.css";
import "bpmn-js/dist/assets/bpmn-js.css";
import "./diagram.css";

import { Alert } from "antd";
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import { useEffect, useRef, useState } from "react";

import { useWords } from "../parts/useWords";
import type { Marks } from "./marks";
import { Marking, type Surface } from "./shown";
import { translating } from "./translating";
import { VIEWER } from "./words/viewer";

interface Canvas {
  zoom(mode?: "fit-viewport" | number, centre?: "auto"): number;
  viewbox(box?: { x: number; y: number; width: number; height: number }): View;
  addMarker(element: string, marker: string): void;
  removeMarker(element: string, marker: string): void;
}
interface View {
  inner: { x: number; y: number; width: number; height: number };
  outer: { width: number; height: number };
}
interface Shape {
  type: string;
  x?: number;
  y?: number;
}
interface Registry {
  get(id: string): Shape | undefined;
  find(wanted: (shape: Shape) => boolean): Shape | undefined;
}
interface Overlays {
  remove(id: string): void;
  add(element: string, overlay: { position: { top: number; right: number }; html: HTMLElement }): string;
}

interface Props {
  xml: string;
  /** What to show at each element, by id. */
  marks?: Marks;
  selected?: string | null;
  /** The element to bring into sight when the whole would be too small to read. */
  focus?: string;
  onSelect?: (element: string | null) => void;
  /** What the diagram shows, for those who cannot see it. */
  label: string;
  height?: number | string;
}

/** Below this scale names cannot be read; the diagram is then shown in part. */
const READABLE = 0.55;
const MARGIN = 60;

export function Diagram({ xml, marks, selected, focus, onSelect, label, height = 420 }: Props) {
  const { language } = useWords();
  const place = useRef<HTMLDivElement>(null);
  const [marking, setMarking] = useState<Marking | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const select = useRef(onSelect);
  const focused = useRef(focus);
  useEffect(() => {
    select.current = onSelect;
    focused.current = focus;
  }, [onSelect, focus]);

  useEffect(() => {
    if (place.current === null) return undefined;
    const words = translating(language, VIEWER);
    const made = new NavigatedViewer({ container: place.current, additionalModules: [words] });
    let gone = false;
    made
      .importXML(xml)
      .then(() => {
        if (gone) return;
        look(made, focused.current);
        made.on<{ element: { id: string; type: string } }>("element.click", ({ element }) => {
          const background = /Process$|Collaboration$|Participant$|Lane$/.test(element.type);
          select.current?.(background ? null : element.id);
        });
        setFault(null);
        setMarking(new Marking(surfaceOf(made)));
      })
      .catch((error: unknown) => setFault(error instanceof Error ? error.message : String(error)));
    return () => {
      gone = true;
      setMarking(null);
      made.destroy();
    };
  }, [xml, language]);

  useEffect(() => {
    marking?.show(marks ?? {}, selected ?? null);
  }, [marking, marks, selected]);

  return (
    <figure style={{ margin: 0 }} aria-label={label}>
      {fault !== null && <Alert type="warning" title={fault} />}
      <div ref={place} className="diagram" style={{ height }} />
    </figure>
  );
}

/** Show all of the diagram, or where that is too small, its beginning or the element in focus. */
function look(viewer: NavigatedViewer, focus: string | undefined): void {
  const canvas = viewer.get<Canvas>("canvas");
  if (canvas.zoom("fit-viewport", "auto") >= READABLE) return;
  const { inner, outer } = canvas.viewbox();
  const width = outer.width / READABLE;
  const height = outer.height / READABLE;
  const registry = viewer.get<Registry>("elementRegistry");
  const there = focus === undefined ? undefined : registry.get(focus);
  const begins = there ?? registry.find((one) => one.type === "bpmn:StartEvent");
  const x = there?.x === undefined ? inner.x - MARGIN : there.x - width / 2;
  const y = begins?.y === undefined ? inner.y + inner.height / 2 - height / 2 : begins.y - height / 2;
  canvas.viewbox({ x: Math.max(x, inner.x - MARGIN), y: Math.max(y, inner.y - MARGIN), width, height });
}

function surfaceOf(viewer: NavigatedViewer): Surface {
  const canvas = viewer.get<Canvas>("canvas");
  const registry = viewer.get<Registry>("elementRegistry");
  const overlays = viewer.get<Overlays>("overlays");
  return {
    has: (id) => registry.get(id) !== undefined,
    addMarker: (id, marker) => canvas.addMarker(id, marker),
    removeMarker: (id, marker) => canvas.removeMarker(id, marker),
    addOverlay: (id, html) => overlays.add(id, { position: { top: -10, right: 14 }, html }),
    removeOverlay: (id) => overlays.remove(id),
  };
}
