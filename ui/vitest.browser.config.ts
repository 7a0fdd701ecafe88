// Tests in a real browser against a real server with the demo company.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["browser/**/*.test.ts"],
    globalSetup: ["browser/setup.ts"],
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // A browser on a machine that does much else may lose one of some hundred steps; a fault of ours fails twice.
    retry: 1,
    // The page draws when its answer is there, not when we look: what is waited for may take long on a busy machine.
    expect: { poll: { timeout: Number(process.env["PATIENCE"] ?? 60_000) } },
  },
});
