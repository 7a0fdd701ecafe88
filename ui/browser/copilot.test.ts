// The copilot in a real browser: on every page, by button and key, about what the page shows, with an action to confirm.
import type { Locator, Page } from "playwright-core";
import { afterAll, describe, expect, test } from "vitest";

import { available, close, enter, faults, go } from "./desk";
import { wrong } from "./faultless";

async function ask(page: Page, question: string): Promise<Locator> {
  const copilot = page.getByRole("complementary", { name: /Copilot|助手/ });
  await copilot.getByRole("textbox").fill(question);
  await copilot.getByRole("textbox").press("Enter");
  const answer = copilot.getByRole("article").last().locator(".copilot-answer");
  await answer.waitFor();
  return answer;
}

describe.skipIf(!available)("copilot", () => {
  afterAll(close);

  test("a figure is asked in Chinese, shown as bars with what was understood and its source", async () => {
    const page = await enter("owner", { language: "zh" });
    await page.getByRole("button", { name: "助手" }).click();
    const answer = await ask(page, "各国家的营业额");
    expect(await answer.innerText()).toContain("中国");
    expect(await answer.locator(".copilot-bars li").count()).toBeGreaterThan(3);
    await answer.getByText("我的理解").click();
    await answer.getByText("已开发票的不含税金额", { exact: false }).waitFor();
    await answer.getByRole("link", { name: "洞察" }).waitFor();
    expect(await wrong(page, "copilot.zh")).toEqual([]);
    expect(faults.get(page)).toEqual([]);
    await page.context().close();
  });

  test("what is not understood is said, and what comes near is one click away", async () => {
    const page = await enter("owner");
    await page.keyboard.press("Control+/");
    const refused = await ask(page, "Revenue by the mood of the weather");
    expect(await refused.innerText()).toContain("mood");
    await refused.getByRole("button", { name: "Revenue by customer" }).click();
    await page.getByText("Revenue: the most is", { exact: false }).waitFor();
    await page.keyboard.press("Control+/");
    await page.getByRole("complementary").waitFor({ state: "detached" });
    expect(faults.get(page)).toEqual([]);
    await page.context().close();
  });

  test("on the page of a task “this” is the task, and taking it is confirmed first", async () => {
    const page = await enter("sales-manager-3", { dark: true });
    await page.getByRole("link", { name: "Inbox" }).click();
    await page.getByRole("region", { name: "What waits" }).getByRole("link").first().click();
    await page.waitForURL(/\/inbox\/\d+/);
    await page.getByRole("button", { name: "Copilot" }).click();
    const answer = await ask(page, "What do you want from me here?");
    await answer.getByRole("button", { name: /^Take the task/ }).click();
    expect(await wrong(page, "copilot-task-dark.en")).toEqual([]);
    await answer.getByRole("button", { name: "Yes, do it" }).click();
    await answer.getByText("Done: Take the task", { exact: false }).waitFor();
    expect(faults.get(page)).toEqual([]);
    await page.context().close();
  });

  test("who may not see measures is told the rule, not the figure", async () => {
    const page = await enter("sales-1");
    await page.getByRole("button", { name: "Copilot" }).click();
    const answer = await ask(page, "Revenue by country");
    expect(await answer.innerText()).toContain("You may not see that");
    expect(await answer.locator(".copilot-bars").count()).toBe(0);
    await page.context().close();
  });

  test("it covers the page on a phone and fits", async () => {
    const page = await enter("owner", { language: "zh", width: 390, height: 844 });
    await go(page, "/cases");
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.keyboard.press("Control+/");
    await ask(page, "谁欠我们钱");
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await page.context().close();
  });
});
