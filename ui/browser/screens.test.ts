// Every screen in both languages: it opens, says no fault, has no serious fault of accessibility, and nothing overflows.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { afterAll, describe, expect, inject, test } from "vitest";

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
  "/plan",
  "/governance",
  "/governance/people",
  "/governance/ladder",
  "/governance/confirmations",
  "/governance/policies",
  "/governance/standIns",
  "/governance/record",
];

/** The tabs of a case, in their order. */
const PARTS = ["timeline", "steps", "documents", "data", "calls"];
/** What a screen says to whom it has nothing to show, or may not; in English. */
const STATES: readonly { person: string; path: string; says: string }[] = [
  { person: "finance-manager-2", path: "/inbox", says: "Nothing waits here. Well done." },
  { person: "sales-1", path: "/inbox/1", says: "It is not there." },
  { person: "sales-1", path: "/cases/1", says: "It is not there." },
  { person: "sales-1", path: "/insight", says: "You may not see this." },
  { person: "sales-1", path: "/services", says: "You may not see this." },
  { person: "sales-1", path: "/services/calls", says: "You may not see this." },
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

/** What is wrong with the screen that is open; a picture is made of it where they are wanted. */
async function wrong(page: Page, name: string, pictured = true): Promise<string[]> {
  await page.locator("main").waitFor();
  await page.waitForLoadState("networkidle").catch(() => undefined);
  if (PICTURES !== undefined && pictured) {
    await page.waitForTimeout(SETTLED);
    await page.screenshot({ path: `${PICTURES}/${name}.png` });
  }
  const found = (await serious(page)).map((fault) => `${name}: ${fault}`);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  return wider ? [...found, `${name}: wider than the window`] : found;
}

/** The newest case with a quote that its customer may see: its address, and that of the customer's page. */
async function quoted(page: Page): Promise<{ path: string; offer: string }> {
  const { address } = inject("served");
  const headers = { "X-Mainspring": "1" };
  const read = async (path: string): Promise<unknown> => (await page.request.get(address + path)).json();
  const cases = (await read("/api/v1/lists/cases?process_id=lead_to_cash&first=0&count=50")) as {
    items: { key: string }[];
  };
  for (const { key } of cases.items) {
    const one = (await read(`/api/v1/instances/${key}`)) as { variables: { quote_no?: string } };
    const data = { kind: "quote", document: one.variables.quote_no ?? "none" };
    const made = await page.request.post(`${address}/api/v1/links`, { headers, data });
    if (made.ok())
      return { path: `/cases/${key}`, offer: ((await made.json()) as { address: string }).address };
  }
  throw new Error("no case has a quote that its customer may see");
}

describe.skipIf(!available)("screens", () => {
  afterAll(close);

  test.each(["en", "zh"] as const)("each opens without a fault in %s", async (language) => {
    const page = await enter("owner", { language });
    const found: string[] = [];
    for (const path of SCREENS) {
      await go(page, path);
      const name = path === "/" ? "home" : path.slice(1).replaceAll(/[^\w]+/g, "-");
      found.push(...(await wrong(page, `${name}.${language}`)));
    }
    expect(found).toEqual([]);
    expect(faults.get(page)).toEqual([]);
    await page.context().close();
  });

  test.each(["en", "zh"] as const)(
    "a case, its parts and its customer's page are without fault in %s",
    async (language) => {
      const page = await enter("owner", { language });
      const { path, offer } = await quoted(page);
      await go(page, path);
      await page.locator(".bjs-powered-by").waitFor();
      const found = await wrong(page, `case.${language}`);
      for (const [place, tab] of PARTS.entries()) {
        await page.getByRole("tab").nth(place).click();
        found.push(...(await wrong(page, `case-${tab}.${language}`, false)));
      }
      await page.goto(offer);
      await page.getByRole("heading", { level: 1 }).waitFor();
      if ((await page.locator("html").getAttribute("lang")) !== language)
        await page.getByRole("button", { name: language === "zh" ? "中文" : "English" }).click();
      found.push(...(await wrong(page, `offer.${language}`)));
      expect(found).toEqual([]);
      expect(faults.get(page)).toEqual([]);
      await page.context().close();
    },
  );

  test.each(STATES)("$person is told at $path: $says", async ({ person, path, says }) => {
    const page = await enter(person);
    await go(page, path);
    await page.getByText(says).first().waitFor();
    expect(await wrong(page, path, false)).toEqual([]);
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
