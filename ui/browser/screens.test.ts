// Every screen in both languages, light and dark: it opens, says no fault, has no serious fault of accessibility, and
// nothing overflows.
import type { Page } from "playwright-core";
import { afterAll, describe, expect, inject, test } from "vitest";

import { available, close, enter, faults, go } from "./desk";
import { PICTURES, wrong } from "./faultless";
import { addressOf, keysOf, nameOf, settled, SCREENS } from "./screens";

/** The tabs of a case, in their order. */
const PARTS = ["timeline", "steps", "documents", "data", "calls", "decisions"];

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

/** Where the rail and the rows of parts lead to on the page that is open. */
async function waysOn(page: Page): Promise<string[]> {
  const links = page.locator("nav a");
  return links.evaluateAll((all) => all.map((one) => new URL((one as HTMLAnchorElement).href).pathname));
}

describe.skipIf(!available)("screens", () => {
  afterAll(close);

  test.concurrent.each([
    { language: "en", dark: false },
    { language: "zh", dark: PICTURES === undefined }, // pictures are light in both languages
  ] as const)("each opens without a fault: $language, dark $dark", async (wish) => {
    const page = await enter("owner", wish);
    const keys = await keysOf(page);
    const here = new Set(SCREENS.map((screen) => addressOf(screen, keys).replace(/\?.*/, "")));
    const found: string[] = [];
    for (const screen of SCREENS) {
      await go(page, addressOf(screen, keys));
      await settled(page);
      const name = `${nameOf(screen)}.${wish.language}`;
      found.push(...(await wrong(page, name)));
      if (await page.locator(".trouble").count()) found.push(`${name}: says that something is wrong`);
      for (const way of await waysOn(page))
        if (!here.has(decodeURI(way))) found.push(`${name}: ${way} is not among the screens`);
    }
    expect(found).toEqual([]);
    expect(faults.get(page)).toEqual([]);
    await page.context().close();
  });

  test.concurrent.each(["en", "zh"] as const)(
    "a case, its parts and its customer's page are without fault in %s",
    async (language) => {
      const page = await enter("owner", { language });
      const { path, offer } = await quoted(page);
      await go(page, path);
      await page.locator(".bjs-powered-by").waitFor();
      const found = await wrong(page, `case.${language}`);
      for (const [place, tab] of PARTS.entries()) {
        await page.getByRole("tab").nth(place).click();
        await settled(page);
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

  test.concurrent.each([
    { language: "en", question: "Revenue by country" },
    { language: "zh", question: "各国家的营业额" },
  ] as const)("the copilot beside a page is without fault in $language", async ({ language, question }) => {
    const page = await enter("owner", { language });
    await settled(page);
    await page.keyboard.press("Control+/");
    const copilot = page.getByRole("complementary", { name: /Copilot|助手/ });
    await copilot.getByRole("textbox").fill(question);
    await copilot.getByRole("textbox").press("Enter");
    await copilot.locator(".copilot-bars li").first().waitFor();
    expect(await wrong(page, `copilot.${language}`)).toEqual([]);
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
