// Build of the workbench: into the package, so that `mainspring serve` and the wheel carry it.
import react from "@vitejs/plugin-react";
import type { HtmlTagDescriptor, Plugin } from "vite";
import { defineConfig } from "vitest/config";

const SERVER = "http://127.0.0.1:8080";

/** What asks the server for the first answers, before anything else is there. */
const EARLY = "early";
/** The frame of the workbench, which every first view needs: one file, asked for as soon as the page is read. */
const FRAME = "frame";
/** The inbox, whose first list is to be there at once: one file more. */
const INBOX = "inbox";

const LIBRARIES =
  /node_modules\/(react|react-dom|react-router|i18next|scheduler|openapi-fetch|@ant-design\/icons|@tanstack\/(react-query|query-core))\//;
const OWN = /\/ui\/src\/(api|i18n\/index|parts|plain|shell|App|places|start|firstView)\b/;

function link(rel: string, file: string): HtmlTagDescriptor {
  return { tag: "link", attrs: { rel, crossorigin: true, href: `/${file}` }, injectTo: "head" };
}

function preloadFrame(): Plugin {
  return {
    name: "preload-frame",
    transformIndexHtml: {
      order: "post",
      handler: (_, { bundle, filename }) =>
        Object.values(bundle ?? {})
          .filter((one) => one.type === "chunk")
          .filter((one) => one.name === FRAME && filename.endsWith("index.html"))
          .flatMap((one) => [
            link("modulepreload", one.fileName),
            ...[...(one.viteMetadata?.importedCss ?? [])].map((file) => link("stylesheet", file)),
          ]),
    },
  };
}

export default defineConfig({
  plugins: [react(), preloadFrame()],
  build: {
    outDir: "../src/mainspring/web/static",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false }, // a browser that cannot only asks a little later
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      // The customer's page is a program of its own: whoever opens it loads nothing of the workbench.
      input: ["index.html", "customer.html"],
      output: {
        codeSplitting: {
          groups: [
            { name: EARLY, test: /\/ui\/src\/(early|i18n\/loading)|vite\/preload-helper/, priority: 3 },
            { name: FRAME, test: (id) => LIBRARIES.test(id) || OWN.test(id), priority: 2 },
            {
              name: INBOX,
              test: /\/ui\/src\/(forms|pages\/inbox\/(?!OperationDialog|Standing))/,
              priority: 1,
            },
          ],
        },
      },
    },
  },
  server: { proxy: { "/api": SERVER, "/sign-in": SERVER } },
  test: {
    environment: "happy-dom",
    setupFiles: ["src/testing/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    restoreMocks: true,
  },
});
