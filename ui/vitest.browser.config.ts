// Tests in a real browser against a real server with the demo company.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["browser/**/*.test.ts"],
    globalSetup: ["browser/setup.ts"],
    fileParallelism: false,
    retry: 2, // a busy machine may be late once
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
