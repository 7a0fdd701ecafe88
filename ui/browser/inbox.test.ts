// A person works their inbox: takes a suggestion, says why not, confirms money; the next task comes by itself.
import { afterAll, describe, expect, inject, test } from "vitest";

import { available, browser, close, enter, faults, go } from "./desk";

describe.skipIf(!available)("the inbox", () => {
  afterAll(close);

  test("a one-time link signs in once and never again", async () => {
    const { link } = inject("served");
    const mine = await (await browser()).newPage();
    await mine.goto(link);
    await mine.getByRole("navigation").first().waitFor();
    const other = await (await browser()).newPage();
    await other.goto(link);
    await other.getByText(/used already|已被使用/).waitFor();
    await mine.close();
    await other.close();
  });

  test("a suggestion is corrected and saved, and the list goes on", async () => {
    const page = await enter("sales-1");
    await page.getByRole("link", { name: "Inbox" }).click();
    const waiting = page.getByRole("link", { name: /What does the sender want/ });
    await waiting.first().waitFor();
    const before = await waiting.count();
    await waiting.first().click();
    await page.getByRole("heading", { name: "What does the sender want?", level: 2 }).waitFor();
    await page.getByLabel("Deliver to").fill("Demo yard, gate 2");
    await page.getByRole("button", { name: "Save my changes" }).click();
    await page.getByText("Answered. The process goes on.").waitFor();
    await expect.poll(() => waiting.count()).toBe(before - 1);
    expect(faults.get(page)).toEqual([]);
    await page.context().close();
  });

  test("what was typed is kept when the page is left and opened again", async () => {
    const page = await enter("sales-1");
    await page.getByRole("link", { name: "Inbox" }).click();
    await page
      .getByRole("link", { name: /What does the sender want/ })
      .first()
      .click();
    await page.getByLabel("Deliver to").fill("Half typed");
    await page.reload();
    await expect.poll(() => page.getByLabel("Deliver to").inputValue()).toBe("Half typed");
    await page.context().close();
  });

  test("a Chinese reader is told in Chinese why they are asked", async () => {
    const page = await enter("sales-1", { language: "zh" });
    await go(page, "/inbox");
    await page
      .getByRole("link", { name: /请核对标出的行/ })
      .first()
      .click();
    const suggestion = page.getByRole("region", { name: "数字员工的建议" });
    await suggestion.getByRole("heading", { name: "为什么请您看" }).waitFor();
    const told = await suggestion.getByRole("listitem").allInnerTexts();
    expect(told.length).toBeGreaterThan(1);
    // What is quoted is as its sender wrote it.
    for (const one of told) expect(one.replace(/“.*?”/g, "")).toMatch(/^[^·]*[\u4e00-\u9fff][^·]*$/);
    expect(faults.get(page)).toEqual([]);
    await page.context().close();
  });

  test("keys go to the next task", async () => {
    const page = await enter("finance-1");
    await go(page, "/inbox?words=R-"); // nobody else answers these meanwhile: they stay where they are
    await page.waitForURL(/\/inbox\/\d+/); // the first task opens by itself
    const waiting = page.getByRole("link", { name: /Write the request/ });
    const task = async (place: number): Promise<string> => {
      const address = await waiting.nth(place).getAttribute("href");
      return new URL(address ?? "", page.url()).pathname;
    };
    const here = (): string => new URL(page.url()).pathname;
    const [first, second, third] = [await task(0), await task(1), await task(2)];
    expect(here()).toBe(first);
    await page.keyboard.press("j");
    await expect.poll(here).toBe(second);
    for (const key of ["j", "k", "j"]) await page.keyboard.press(key); // quicker than the page is drawn
    await expect.poll(here).toBe(third);
    await page.keyboard.press("k");
    await page.keyboard.press("k");
    await expect.poll(here).toBe(first);
    await page.context().close();
  });

  test("the history of its case stands with the task: who did what when", async () => {
    const page = await enter("sales-1");
    await go(page, "/inbox");
    await page
      .getByRole("link", { name: /What does the sender want/ })
      .first()
      .click();
    await page.getByText("What happened so far").click();
    const told = page.getByRole("listitem").filter({ hasText: "Understand the inquiry" });
    await told.filter({ hasText: "inquiry clerk" }).first().waitFor();
    expect(faults.get(page)).toEqual([]);
    await page.context().close();
  });

  test("on a phone the list and the task take turns", async () => {
    const page = await enter("sales-2", { width: 390, height: 800 });
    await go(page, "/inbox");
    await page
      .getByRole("link", { name: /What does the sender want/ })
      .first()
      .click();
    await page.getByRole("heading", { name: "What does the sender want?", level: 2 }).waitFor();
    await page.getByRole("button", { name: "Back" }).click();
    await page
      .getByRole("link", { name: /What does the sender want/ })
      .first()
      .waitFor();
    const wider = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(wider).toBe(false);
    await page.context().close();
  });
});
