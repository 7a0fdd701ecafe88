// Every screen in both languages: it opens, says no fault, has no serious fault of accessibility, and nothing overflows.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { afterAll, describe, expect, test } from "vitest";

import { available, close, enter, faults, go } from "./desk";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** Where pictures of the screens go (`make screenshots`); none are made otherwise. */
const PICTURES = process.env["SCREENSHOTS"];
const SCREENS = [
  "/",
  "/inbox",
  "/cases",
  "/processes",
  "/processes/lead_to_cash",
  "/processes/credit_note?mode=design",
  "/processes/credit_note?mode=compare",
  "/processes/decisions",
  "/processes/decisions/authority_ladder",
  "/team",
  "/team/order_clerk",
  "/team/order_clerk/promise",
  "/team/order_clerk/learned",
  "/team/order_clerk/release",
  "/services",
  "/services/of/orders",
  "/services/calls",
  "/services/budgets",
  "/insight",
  "/governance",
  "/governance/people",
  "/governance/ladder",
  "/governance/confirmations",
  "/governance/policies",
  "/governance/standIns",
  "/governance/record",
];

/** Milliseconds after which charts and diagrams stand still. */
const SETTLED = 1500;

interface Violation {
  id: string;
  impact: string | null;
  nodes: { html: string }[];
}

async function serious(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const axe = (
      globalThis as unknown as { axe: { run(options: object): Promise<{ violations: Violation[] }> } }
    ).axe;
    return (await axe.run({ resultTypes: ["violations"] })).violations;
  });
  return found
    .filter((one) => one.impact === "serious" || one.impact === "critical")
    .map((one) => `${one.id}: ${one.nodes[0]?.html ?? ""}`);
}

describe.skipIf(!available)("screens", () => {
  afterAll(close);

  test.each(["en", "zh"] as const)("each opens without a fault in %s", async (language) => {
    const page = await enter("owner", { language });
    const found: string[] = [];
    for (const path of SCREENS) {
      await go(page, path);
      await page.locator("main").waitFor();
      await page.waitForLoadState("networkidle").catch(() => undefined);
      if (PICTURES !== undefined) {
        const name = path === "/" ? "home" : path.slice(1).replaceAll(/[^\w]+/g, "-");
        await page.waitForTimeout(SETTLED);
        await page.screenshot({ path: `${PICTURES}/${name}.${language}.png` });
      }
      found.push(...(await serious(page)).map((fault) => `${path}: ${fault}`));
      const wider = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      if (wider) found.push(`${path}: wider than the window`);
    }
    expect(found).toEqual([]);
    expect(faults.get(page)).toEqual([]);
    await page.context().close();
  });

  test("the watermark of the diagram is in sight and uncovered", async () => {
    const page = await enter("owner");
    await go(page, "/processes/lead_to_cash");
    const mark = page.locator(".bjs-powered-by");
    await mark.waitFor();
    const onTop = await mark.evaluate((element) => {
      const box = element.getBoundingClientRect();
      const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      return top !== null && element.contains(top);
    });
    expect(onTop).toBe(true);
    await page.context().close();
  });

  test("the language is switched and remembered", async () => {
    const page = await enter("owner");
    await page.getByRole("button", { name: "中文" }).click();
    await page.getByRole("heading", { name: "此刻的公司" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "此刻的公司" }).waitFor();
    await page.context().close();
  });

  test("no script can be put into a page from outside: the policy allows none inline", async () => {
    const page = await enter("owner");
    const answer = await page.request.get(page.url());
    const policy = answer.headers()["content-security-policy"] ?? "";
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe-inline/);
    await page.context().close();
  });
});
