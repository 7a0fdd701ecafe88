// Build of the workbench: into the package, so that `mainspring serve` and the wheel carry it.
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const SERVER = "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: "../src/mainspring/web/static",
    emptyOutDir: true,
    target: "es2022",
    chunkSizeWarningLimit: 1200,
    // The customer's page is a program of its own: whoever opens it loads nothing of the workbench.
    rollupOptions: { input: ["index.html", "customer.html"] },
  },
  server: { proxy: { "/api": SERVER, "/sign-in": SERVER } },
  test: {
    environment: "happy-dom",
    setupFiles: ["src/testing/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    restoreMocks: true,
  },
});
