// A browser at the desk of a person of the demo company; everything is found by what the screen says.
import { existsSync } from "node:fs";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { inject } from "vitest";

import type { Served } from "./serving";

const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
];

/** Milliseconds that a page may take for one step; a very busy machine is given more by name. */
const PATIENCE = Number(process.env["PATIENCE"] ?? 60_000);

export const available = existsSync(CHROMIUM);
if (!available)
  console.warn(`browser tests are skipped: there is no ${CHROMIUM}; install Chromium or set CHROMIUM`);

let shared: Browser | undefined;

export async function browser(): Promise<Browser> {
  shared ??= await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  return shared;
}

export async function close(): Promise<void> {
  await shared?.close();
  shared = undefined;
}

interface Wish {
  language?: "en" | "zh";
  width?: number;
  height?: number;
  dark?: boolean;
  /** The house to be in, and where it is reached; the demo company that all tests share when none is named. */
  house?: Pick<Served, "address" | "sessions">;
}

/** Faults that a page reported on its console; a test asserts that there are none. */
export const faults = new WeakMap<Page, string[]>();

/** A window in which a person is signed in. */
export async function enter(person: string, wish: Wish = {}): Promise<Page> {
  const { address, sessions } = wish.house ?? inject("served");
  const value = sessions[person];
  if (value === undefined) throw new Error(`nobody is called ${person}`);
  const context: BrowserContext = await (
    await browser()
  ).newContext({
    viewport: { width: wish.width ?? 1440, height: wish.height ?? 900 },
    colorScheme: wish.dark === true ? "dark" : "light",
  });
  context.setDefaultTimeout(PATIENCE);
  await context.addInitScript((language) => {
    if (localStorage.getItem("mainspring.language") === null)
      localStorage.setItem("mainspring.language", language);
  }, wish.language ?? "en");
  const page = await context.newPage();
  const heard: string[] = [];
  faults.set(page, heard);
  page.on("pageerror", (error) => heard.push(error.message));
  page.on("console", (message) => {
    const refused = message.text().startsWith("Failed to load resource"); // an answer that the page itself tells
    if (message.type() === "error" && !refused) heard.push(message.text());
  });
  await context.addCookies([{ name: "mainspring_session", value, url: address }]);
  await page.goto(address);
  await page.getByRole("navigation").first().waitFor();
  return page;
}

/** Open a place by its address within the workbench. */
export async function go(page: Page, path: string): Promise<void> {
  await page.goto(new URL(path, page.url()).href);
}
