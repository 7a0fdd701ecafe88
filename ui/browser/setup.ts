// Runs the demo company and starts a server with it once for all browser tests, and ends it.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

import { serve, type Served } from "./serving";

declare module "vitest" {
  export interface ProvidedContext {
    served: Served;
    /** The file of the demo company as it was run, for a test that wants a house of its own. */
    demo: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "browser-tests-"));
  // Whoever runs single tests again and again names a file in which the demo company stays.
  const demo = process.env["DEMO_DATABASE"] ?? join(folder, "demo.db");
  const { served, end } = await serve(demo);
  project.provide("served", served);
  project.provide("demo", demo);
  return async () => {
    await end();
    await rm(folder, { recursive: true });
  };
}
