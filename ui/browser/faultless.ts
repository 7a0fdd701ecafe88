// What is wrong with a page that anybody would see or hear: faults of accessibility, and what is wider than the window.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

import { PICTURED } from "./screens";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** Where pictures of the screens go (`make screenshots`); none are made otherwise. */
export const PICTURES = process.env["SCREENSHOTS"];
/** Milliseconds after which charts and diagrams stand still. */
const SETTLED = 1500;

interface Violation {
  id: string;
  impact: string | null;
  nodes: { html: string; any: { message: string }[] }[];
}

/** Serious and critical findings of axe, each with its first place. */
export async function serious(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const axe = (
      globalThis as unknown as { axe: { run(options: object): Promise<{ violations: Violation[] }> } }
    ).axe;
    return (await axe.run({ resultTypes: ["violations"] })).violations;
  });
  return found
    .filter((one) => one.impact === "serious" || one.impact === "critical")
    .map((one) => `${one.id}: ${one.nodes[0]?.html ?? ""} ${one.nodes[0]?.any[0]?.message ?? ""}`);
}

/** What stands out to the right of the window. */
async function wider(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    if (document.documentElement.scrollWidth <= innerWidth) return [];
    const out = [...document.querySelectorAll("body *")].filter(
      (one) => one.getBoundingClientRect().right > innerWidth + 1,
    );
    return [`wider than the window: ${out.at(-1)?.outerHTML.slice(0, 200) ?? ""}`];
  });
}

/**
 * Icons beside words that are read aloud by the name of their file, such as "compass". An icon that is all that a
 * button has names it; Ant Design says with one that a step is done, and what kind of message passes by.
 */
async function readAloud(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const named = [...document.querySelectorAll(".anticon[aria-label]")];
    const silent =
      "[aria-hidden=true], button[aria-label], a[aria-label], .ant-steps-item-icon, .ant-message";
    const heard = named.filter((one) => {
      const button = one.closest("button, a, [role=button]");
      return one.closest(silent) === null && button?.textContent !== "";
    });
    return heard.map((one) => `an icon is read aloud: ${one.outerHTML.slice(0, 120)}`);
  });
}

/**
 * Words that are only heard, such as "Close" on a button with a cross, and that are not Chinese where all else is. Names
 * of people, goods and files have more in them than letters, or can be seen on the page as well.
 */
async function notChinese(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const seen = document.body.innerText;
    const heard = [...document.querySelectorAll("[aria-label]:not(.anticon[aria-hidden=true])")].filter(
      (one) =>
        one.closest("[aria-hidden=true]") === null &&
        one.parentElement?.closest("button[aria-label], [role=button][aria-label]") == null &&
        one.checkVisibility({ visibilityProperty: true }),
    );
    return heard
      .map((one) => ({ one, name: one.getAttribute("aria-label") ?? "" }))
      .filter(({ name }) => /^[A-Za-z]{2,}([ -][A-Za-z]+)*$/.test(name) && !seen.includes(name))
      .map(({ one, name }) => `“${name}” is heard in English: ${one.outerHTML.slice(0, 160)}`);
  });
}

/** Whether nothing fades in or out any longer: half faded words have no contrast yet. */
function still(): boolean {
  const ends = (one: Animation): boolean => one.effect?.getComputedTiming().endTime !== Infinity;
  return document.getAnimations().every((one) => one.playState !== "running" || !ends(one));
}

/** What is wrong with the page that is open; a picture is made of it where they are wanted. */
export async function wrong(page: Page, name: string, pictured = true): Promise<string[]> {
  await page.waitForFunction(still);
  if (pictured) await picture(page, name);
  const found = [...(await serious(page)), ...(await wider(page)), ...(await readAloud(page))];
  if (name.endsWith(".zh")) found.push(...(await notChinese(page)));
  return found.map((fault) => `${name}: ${fault}`);
}

/** A picture for the documentation, where they are wanted: `name` is that of the screen and the language. */
export async function picture(page: Page, name: string): Promise<void> {
  const [screen = "", language = ""] = name.split(".");
  const file = PICTURED.get(screen);
  if (PICTURES === undefined || file === undefined) return;
  await page.waitForTimeout(SETTLED);
  await page.screenshot({ path: `${PICTURES}/${file}.${language}.png` });
}
