// Somebody works their inbox of the demo company until nothing is left in it; confirms money that the card shows.
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { Locator, Page } from "playwright-core";

import { available, close, enter, faults, go } from "./desk";
import { serve, type Serving } from "./serving";

/** More tasks than the demo company leaves to one person, with what their answers bring. */
const MOST = 60;

describe.skipIf(!available)("a day's work", () => {
  let house: Serving;
  beforeAll(async () => {
    house = await serve(inject("demo")); // a company of its own: nobody else finds an empty inbox
  });
  afterAll(async () => {
    await house.end();
    await close();
  });

  test("money is confirmed on a card that says amount, payee and exactly what will happen", async () => {
    const page = await enter("sales-manager-1", { house: house.served });
    await go(page, "/inbox?queue=money");
    const row = page.getByRole("link", { name: /Confirm a quote/ }).first();
    const line = await row.innerText();
    await row.click();
    await page.getByText("Waiting for your confirmation").waitFor();
    const amount = await page.getByLabel("Amount", { exact: true }).innerText();
    expect(line).toContain(amount); // the row says the same amount as the card
    expect(await fact(page, "To or from")).toMatch(/\S/);
    expect(await fact(page, "What will happen")).toBe("Confirm a quote");
    expect(await fact(page, "Confirmations needed")).toMatch(/^1 × /);
    expect(await fact(page, "quote_no")).toMatch(/^Q-\d+$/);
    await page.getByRole("button", { name: "Confirm", exact: true }).click();
    await page.getByText("Answered. The process goes on.").waitFor();
    expect(faults.get(page)).toEqual([]);
    await page.context().close();
  });

  test("one task after the other is answered until the inbox is empty and says so", async () => {
    const page = await enter("sales-1", { house: house.served });
    await go(page, "/inbox");
    const empty = page.getByText("Nothing waits here. Well done.");
    const acts = page.getByRole("button", { name: /^(Accept|Done)$/ });
    let answered = 0;
    await empty.or(acts).first().waitFor();
    while (!(await empty.isVisible())) {
      expect(answered).toBeLessThan(MOST);
      await answer(page, acts);
      answered += 1;
      await empty.or(acts).first().waitFor();
    }
    expect(answered).toBeGreaterThan(5);
    await page
      .getByRole("button", { name: /^For me/ })
      .getByText("0")
      .waitFor();
    expect(faults.get(page)).toEqual([]);
    await page.context().close();
  });
});

/** Answer the task that is open as it is suggested, or reject it where something is lacking; the next one opens. */
async function answer(page: Page, act: Locator): Promise<void> {
  const here = page.url();
  await act.click();
  const lacking = page.locator("[aria-invalid=true]").first();
  await expect.poll(async () => page.url() !== here || (await lacking.count()) > 0).toBe(true);
  if (page.url() !== here) return;
  await page.getByRole("button", { name: "Reject" }).click();
  await page.getByLabel(/^Why\?/).fill("Not enough to go on");
  await page.getByRole("button", { name: "Reject" }).click();
  await page.waitForURL((address) => address.href !== here);
}

/** What the card says under a name. */
async function fact(page: Page, name: string): Promise<string> {
  return page
    .getByRole("row", { name: new RegExp(`^${name} `) })
    .getByRole("cell")
    .innerText();
}
