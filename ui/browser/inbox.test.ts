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
    await expect.poll(() => waiting.count(), { timeout: 20_000 }).toBe(before - 1);
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

  test("money is confirmed on a card that says amount, payee and reason", async () => {
    const page = await enter("sales-manager-1");
    await go(page, "/inbox?queue=money");
    await page
      .getByRole("link", { name: /Confirm a quote/ })
      .first()
      .click();
    await page.getByText("Waiting for your confirmation").waitFor();
    await page.getByLabel("Amount", { exact: true }).getByText(/EUR/).waitFor();
    await page.getByRole("button", { name: "Confirm", exact: true }).click();
    await page.getByText("Answered. The process goes on.").waitFor();
    await page.context().close();
  });

  test("keys go to the next task", async () => {
    const page = await enter("sales-2");
    await page.getByRole("link", { name: "Inbox" }).click();
    await page
      .getByRole("link", { name: /Please check/ })
      .first()
      .waitFor();
    await page.keyboard.press("j");
    await page.waitForURL(/inbox\/\d+/);
    const first = page.url();
    await page.getByRole("heading", { level: 2 }).waitFor();
    await page.keyboard.press("j");
    await expect.poll(() => page.url()).not.toBe(first);
    await page.getByRole("heading", { level: 2 }).waitFor();
    await page.keyboard.press("k");
    await expect.poll(() => page.url()).toBe(first);
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
