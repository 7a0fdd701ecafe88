// Where the scenes stand in the picture of value and difficulty; those in the same place stand side by side.
import type { Scene } from "../../api/plan";

export const SIZE = 480;
export const MARGIN = 34;
export const RADIUS = 12;
/** From here on value or difficulty is high. */
export const HIGH = 3;
const [LOWEST, HIGHEST] = [1, 5];

/** Pixels from the left or the bottom for a mean of 1 to 5. */
export function along(mean: number): number {
  return MARGIN + ((SIZE - 2 * MARGIN) * (mean - LOWEST)) / (HIGHEST - LOWEST);
}

export interface Dot {
  scene: Scene;
  x: number;
  y: number;
}

export function dots(scenes: readonly Scene[]): Dot[] {
  const placed: Dot[] = [];
  for (const scene of scenes) {
    let x = along(scene.difficulty);
    const y = SIZE - along(scene.value);
    while (placed.some((one) => Math.hypot(one.x - x, one.y - y) < RADIUS)) x += RADIUS;
    placed.push({ scene, x, y });
  }
  return placed;
}
