// Where the activities of a process map stand: in layers from begin to end, few crossings, the busiest way straight.
import type { ProcessMap } from "../../api/insight";

export const BEGIN = " begin";
export const END = " end";
export const WIDE = 196;
export const HIGH = 46;
const GAP = 36;
const LAYER = 92;
const MARGIN = 24;
const SWEEPS = 6;

export interface Placed {
  id: string;
  x: number;
  y: number;
}

export interface Way {
  before: string;
  after: string;
  times: number;
  mean_s: number;
  /** An SVG path from one to the other. */
  path: string;
  /** Where its figure stands. */
  at: { x: number; y: number };
}

export interface Layout {
  nodes: Placed[];
  ways: Way[];
  width: number;
  height: number;
}

interface Edge {
  before: string;
  after: string;
  times: number;
  mean_s: number;
}

export function layout(map: ProcessMap): Layout {
  const edges: Edge[] = map.paths.map((one) => ({
    ...one,
    before: one.before ?? BEGIN,
    after: one.after ?? END,
  }));
  const ids = [BEGIN, ...map.activities.map((one) => one.id), END];
  const layers = ordered(layersOf(ids, edges), edges);
  const widest = Math.max(...layers.map((layer) => layer.length));
  const width = 2 * MARGIN + widest * (WIDE + GAP);
  const nodes = layers.flatMap((layer, depth) => {
    const left = (width - layer.length * (WIDE + GAP) + GAP) / 2;
    return layer.map((id, place) => ({
      id,
      x: left + place * (WIDE + GAP) + WIDE / 2,
      y: MARGIN + depth * LAYER + HIGH / 2,
    }));
  });
  const at = new Map(nodes.map((one) => [one.id, one]));
  const ways = edges.flatMap((edge) => {
    const from = at.get(edge.before);
    const to = at.get(edge.after);
    return from === undefined || to === undefined ? [] : [{ ...edge, ...curve(from, to) }];
  });
  return { nodes, ways, width, height: 2 * MARGIN + (layers.length - 1) * LAYER + HIGH };
}

/** Each activity one layer below the last of those that come before it, ways back not counted. */
function layersOf(ids: readonly string[], edges: readonly Edge[]): string[][] {
  const depth = new Map(ids.map((id) => [id, 0]));
  const forward = withoutWaysBack(ids, edges);
  // Longest paths settle after as many rounds as there are activities, since no way leads back.
  for (let round = 0; round < ids.length; round++)
    for (const { before, after } of forward)
      depth.set(after, Math.max(depth.get(after) ?? 0, (depth.get(before) ?? 0) + 1));
  const last = Math.max(...depth.values());
  depth.set(END, last);
  const layers: string[][] = Array.from({ length: last + 1 }, () => []);
  for (const id of ids) layers[depth.get(id) ?? 0]?.push(id);
  return layers.filter((layer) => layer.length > 0);
}

/** The ways that do not close a circle, the most frequent first; of equal ones that which is met first. */
function withoutWaysBack(ids: readonly string[], edges: readonly Edge[]): Edge[] {
  const met = stepsFromBegin(edges);
  const early = (one: Edge): number => met.get(one.before) ?? ids.length;
  const next = new Map<string, string[]>(ids.map((id) => [id, []]));
  const leads = (from: string, to: string, seen = new Set<string>()): boolean => {
    if (from === to) return true;
    seen.add(from);
    return (next.get(from) ?? []).some((one) => !seen.has(one) && leads(one, to, seen));
  };
  return [...edges]
    .sort((one, other) => other.times - one.times || early(one) - early(other))
    .filter(({ before, after }) => {
      if (before === after || leads(after, before)) return false;
      next.get(before)?.push(after);
      return true;
    });
}

/** Fewest steps from the begin to each activity. */
function stepsFromBegin(edges: readonly Edge[]): Map<string, number> {
  const met = new Map([[BEGIN, 0]]);
  for (const [id, steps] of met) {
    for (const { before, after } of edges) if (before === id && !met.has(after)) met.set(after, steps + 1);
  }
  return met;
}

/** In each layer by the middle of what they are joined with, so that few ways cross. */
function ordered(layers: string[][], edges: readonly Edge[]): string[][] {
  let found = layers;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const place = new Map(
      found.flatMap((layer) => layer.map((id, at) => [id, at - (layer.length - 1) / 2] as const)),
    );
    const middle = (id: string): number => {
      const joined = edges.filter((one) => one.before === id || one.after === id);
      const weight = joined.reduce((sum, one) => sum + one.times, 0);
      const pull = joined.reduce(
        (sum, one) => sum + one.times * (place.get(one.before === id ? one.after : one.before) ?? 0),
        0,
      );
      return weight === 0 ? 0 : pull / weight;
    };
    found = found.map((layer) => [...layer].sort((one, other) => middle(one) - middle(other)));
  }
  return found;
}

/** Down in an arc, or round the side where the way leads back or to itself. */
function curve(from: Placed, to: Placed): { path: string; at: { x: number; y: number } } {
  if (to.y > from.y) {
    const [y1, y2] = [from.y + HIGH / 2, to.y - HIGH / 2];
    const far = (to.y - from.y) / LAYER > 1.5;
    const bow = far && Math.abs(from.x - to.x) < WIDE / 2 ? WIDE / 2 + 22 : 0;
    const middle = (y1 + y2) / 2;
    const path = `M${from.x} ${y1} C${from.x + bow} ${y1 + LAYER / 2.4} ${to.x + bow} ${y2 - LAYER / 2.4} ${to.x} ${y2}`;
    return { path, at: { x: (from.x + to.x) / 2 + bow * 0.75, y: middle } };
  }
  const side = WIDE / 2;
  const out = Math.max(from.x, to.x) + side + 26;
  const path = `M${from.x + side} ${from.y} C${out} ${from.y} ${out} ${to.y} ${to.x + side} ${to.y + 8}`;
  return { path, at: { x: out - 8, y: (from.y + to.y) / 2 + 4 } };
}
