// How quick the workbench is in a browser, on loopback, with the processor slowed down four times.
//
//     node bench/ui.mjs [--folder FOLDER] [--rounds 5] [--slow 4] [--cases 100000] [--tasks 10000]
//
// It starts `bench/workbench.py` (FOLDER keeps its database for the next time) and prints a table: script of the first
// load, first contentful paint, when the inbox can be used, what scrolling and filtering long lists costs, and the
// live map of 500 nodes while tokens move ten times a second.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const { chromium } = createRequire(
  new URL("../ui/package.json", import.meta.url),
)("playwright-core");
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const { values: given } = parseArgs({
  options: {
    folder: { type: "string" },
    rounds: { type: "string", default: "5" },
    slow: { type: "string", default: "4" },
    cases: { type: "string", default: "100000" },
    tasks: { type: "string", default: "10000" },
  },
});
/** Milliseconds that scrolling and watching are measured for. */
const WATCHED = 8000;

const middle = (values) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
const rank = (values, share) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? NaN;
const said = (value, digits = 0) => value.toFixed(digits);
const rows = [];
const row = (what, value, allowed = "") =>
  rows.push(`| ${what} | ${value} | ${allowed} |`);

async function served() {
  const size = ["--cases", given.cases, "--tasks", given.tasks];
  const kept = given.folder === undefined ? [] : ["--folder", given.folder];
  const server = spawn(
    ".venv/bin/python",
    ["-m", "bench.workbench", ...size, ...kept],
    {
      cwd: ROOT,
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  const [line] = await once(createInterface({ input: server.stdout }), "line");
  return { server, ...JSON.parse(line) };
}

/** A fresh window, slowed down, that writes down what it waits for. */
async function opened(browser, cookies) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
  });
  await context.addInitScript(() =>
    localStorage.setItem("mainspring.language", "en"),
  );
  await context.addCookies(cookies);
  const page = await context.newPage();
  const slow = await context.newCDPSession(page);
  await slow.send("Emulation.setCPUThrottlingRate", {
    rate: Number(given.slow),
  });
  await page.addInitScript(() => {
    globalThis.longest = [];
    new PerformanceObserver((list) =>
      globalThis.longest.push(...list.getEntries().map((one) => one.duration)),
    ).observe({
      type: "longtask",
    });
    const look = () => {
      const ready =
        document.querySelector(".task-row a") !== null &&
        document.querySelector(".inbox-task h2") !== null;
      if (ready) globalThis.usable = performance.now();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  return { page, context };
}

/** Scroll by whole windows and by far jumps, and count the frames; gives their lengths and the longest tasks. */
function scrolled(page, selector) {
  return page.evaluate(
    async ([place, watched]) => {
      const list = document.querySelector(place);
      globalThis.longest.length = 0;
      const frames = [];
      const begun = performance.now();
      let before = begun;
      let turn = 0;
      while (before - begun < watched) {
        turn += 1;
        list.scrollTop =
          turn % 60 === 0
            ? Math.random() * list.scrollHeight
            : list.scrollTop + 120;
        const now = await new Promise(requestAnimationFrame);
        frames.push(now - before);
        before = now;
      }
      return {
        frames: frames.slice(1),
        longest: Math.max(0, ...globalThis.longest),
      };
    },
    [selector, WATCHED],
  );
}

/** Milliseconds until what is asked for stands there. */
async function until(page, act, there) {
  const begun = performance.now();
  await act();
  await there();
  return performance.now() - begun;
}

function told(what, { frames, longest }) {
  row(
    `${what}: frames, median / p95 / worst, ms`,
    [0.5, 0.95, 1]
      .map((share) => said(rank(frames, Math.min(share, 0.9999))))
      .join(" / "),
  );
  row(`${what}: longest task, ms`, said(longest), "not freezing");
}

async function firstLoad(browser, address, cookies) {
  const { page, context } = await opened(browser, cookies);
  const scripts = [];
  page.on("response", (answer) => {
    if (answer.url().endsWith(".js")) scripts.push(answer.body());
  });
  await page.goto(`${address}/inbox`);
  await page.locator(".inbox-task h2").waitFor();
  const sizes = (await Promise.all(scripts)).map(
    (body) => gzipSync(body).length,
  );
  row(
    "script until the inbox is there, kB gzip",
    said(sizes.reduce((sum, one) => sum + one, 0) / 1000),
    "400",
  );
  await context.close();
}

async function paints(browser, address, cookies) {
  const [painted, usable] = [[], []];
  for (let round = 0; round < Number(given.rounds); round += 1) {
    const { page, context } = await opened(browser, cookies);
    await page.goto(`${address}/inbox`);
    await page.waitForFunction(() => globalThis.usable !== undefined);
    usable.push(await page.evaluate(() => globalThis.usable));
    painted.push(
      await page.evaluate(
        () =>
          performance.getEntriesByName("first-contentful-paint")[0].startTime,
      ),
    );
    await context.close();
  }
  row("first contentful paint, ms (median)", said(middle(painted)), "1000");
  row("inbox usable, ms (median)", said(middle(usable)), "1500");
}

async function longLists(browser, address, cookies) {
  const { page, context } = await opened(browser, cookies);
  await page.goto(`${address}/inbox?queue=all`);
  await page.locator(".task-row a").first().waitFor();
  told(`inbox of ${given.tasks}`, await scrolled(page, ".task-rows"));
  const number = `B-${"0".repeat(6)}`;
  row(
    `inbox of ${given.tasks}: filter by words, ms`,
    said(
      await until(
        page,
        async () => {
          await page.getByLabel("Find in name or case").fill(number);
          await page.keyboard.press("Enter");
        },
        () =>
          page.waitForFunction(
            () => document.querySelectorAll(".task-row a").length === 1,
          ),
      ),
    ),
  );
  await page.goto(`${address}/cases`);
  await page.locator(".long-row a").first().waitFor();
  told(`cases, ${given.cases}`, await scrolled(page, ".long-table"));
  row(
    `cases, ${given.cases}: filter by number, ms`,
    said(
      await until(
        page,
        async () => {
          await page.getByLabel("Number of the case").fill(number);
          await page.keyboard.press("Enter");
        },
        () =>
          page.waitForFunction(
            () => document.querySelectorAll(".long-row a").length === 1,
          ),
      ),
    ),
  );
  await context.close();
}

async function liveMap(browser, address, cookies, server) {
  const { page, context } = await opened(browser, cookies);
  await page.goto(`${address}/processes/plant`);
  await page.locator(".badges").first().waitFor();
  server.stdin.write("move\n");
  await page.waitForTimeout(1000);
  const { changes, ...seen } = await page.evaluate(async (watched) => {
    globalThis.longest.length = 0;
    const moments = new Set();
    const watch = new MutationObserver(() =>
      moments.add(Math.round(performance.now())),
    );
    watch.observe(document.querySelector(".djs-overlay-container"), {
      childList: true,
      subtree: true,
    });
    const frames = [];
    const begun = performance.now();
    let before = begun;
    while (before - begun < watched) {
      const now = await new Promise(requestAnimationFrame);
      frames.push(now - before);
      before = now;
    }
    return {
      frames: frames.slice(1),
      longest: Math.max(0, ...globalThis.longest),
      changes: moments.size,
    };
  }, WATCHED);
  row(
    "live map, 500 nodes: pictures a second",
    said((changes * 1000) / WATCHED, 1),
    "10",
  );
  told("live map, 500 nodes", seen);
  await context.close();
}

const { server, address, link } = await served();
const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu"],
});
try {
  const first = await browser.newContext();
  await (await first.newPage()).goto(link);
  const cookies = await first.cookies();
  await first.close();
  await firstLoad(browser, address, cookies);
  await paints(browser, address, cookies);
  await longLists(browser, address, cookies);
  await liveMap(browser, address, cookies, server);
  console.log(
    `| processor slowed down ${given.slow} times | measured | allowed |\n|---|---:|---:|`,
  );
  console.log(rows.join("\n"));
} finally {
  await browser.close();
  server.stdin.end();
  await once(server, "exit");
}
