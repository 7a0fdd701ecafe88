// The team in a real browser: an owner stops an employee with one button, and releases a version step by step.
import { afterAll, describe, expect, test } from "vitest";

import { available, close, enter, faults, go } from "./desk";

describe.skipIf(!available)("team", () => {
  afterAll(close);

  test("an owner stops a digital employee and lets it work again", async () => {
    const page = await enter("owner");
    await page.getByRole("link", { name: "Team" }).click();
    await page.getByRole("link", { name: "Credit clerk" }).click();
    await page.getByRole("button", { name: "Stop" }).click();
    const ask = page.getByRole("tooltip");
    await ask.getByLabel("Why (for the record)").fill("odd limits");
    await ask.getByRole("button", { name: "Stop" }).click();
    await page.getByText("It is stopped.").waitFor();
    await page.getByRole("button", { name: "Let it work again" }).click();
    await page.getByRole("tooltip").getByRole("button", { name: "Let it work again" }).click();
    await page.getByRole("button", { name: "Stop" }).waitFor();
    expect(faults.get(page)).toEqual([]);
    await page.context().close();
  });

  test("a new version is compared, released in shadow, then for all cases, and taken back", async () => {
    const page = await enter("owner");
    await go(page, "/team/order_clerk/release");
    await page.getByRole("button", { name: "Make a new version" }).click();
    await page.getByLabel("Errors that may pass unseen").fill("5");
    await page.getByRole("button", { name: "Compare" }).click();
    await page.getByText("errors that would pass unseen", { exact: false }).first().waitFor();
    await page.getByRole("button", { name: "Release in shadow" }).click();
    await page.getByText(/Version \d+ stands beside it/).waitFor();
    await page.getByRole("button", { name: "Let it do all" }).click();
    await page.getByText(/Version [2-9] does the work\./).waitFor();
    await page.getByRole("link", { name: "Promise", exact: true }).click();
    await page.getByText(/Version [2-9] is not yet trusted alone/).waitFor();
    await page.getByRole("link", { name: "Versions" }).click();
    await page.getByRole("button", { name: /Take version \d+ back/ }).click();
    await page
      .getByRole("tooltip")
      .getByRole("button", { name: /Take version \d+ back/ })
      .click();
    await page.getByText("Version 1 does the work.").waitFor();
    expect(faults.get(page)).toEqual([]);
    await page.context().close();
  });

  test("the whole definition is edited as text, and a fault leads to its line", async () => {
    const page = await enter("owner");
    await go(page, "/team/order_clerk/release");
    await page.getByRole("button", { name: "Make a new version" }).click();
    await page.getByText("All of it as text").click();
    const text = page.getByLabel("The definition as text (YAML)");
    await page.getByText("The definition is sound.").waitFor();
    const whole = await text.inputValue();
    expect(whole).toContain("operations:");
    await text.fill(whole.replace("skill: write_quote", "skill: juggle"));
    await page.getByText("there is no skill juggle", { exact: false }).waitFor();
    expect(await page.getByRole("button", { name: "Release in shadow" }).isDisabled()).toBe(true);
    await page.getByRole("button", { name: /^Line \d+/ }).click();
    expect(await page.evaluate(() => document.getSelection()?.toString())).toContain("skill: juggle");
    await text.fill(whole.replace("alone_from: 0.9", "alone_from: 0.95"));
    await page.getByText("The definition is sound.").waitFor();
    await page.getByText("Fields", { exact: true }).click();
    expect(await page.getByLabel("Acts alone from a confidence of").inputValue()).toBe("0.95");
    await page.getByText("All of it as text").click();
    await page.getByText("The definition is sound.").waitFor();
    expect(await text.inputValue()).toContain("alone_from: 0.95");
    expect(faults.get(page)).toEqual([]);
    await page.context().close();
  });

  test("two versions are compared and a bill is read", async () => {
    const page = await enter("sales-1");
    await go(page, "/team/tools");
    const text = (name: string, said: string) => ({
      name,
      mimeType: "text/plain",
      buffer: Buffer.from(said, "utf-8"),
    });
    await page
      .getByLabel("The old version")
      .setInputFiles(text("old.txt", "1. Payment\nThe buyer shall pay within 30 days."));
    await page
      .getByLabel("The new version")
      .setInputFiles(text("new.txt", "1. Payment\nThe buyer may pay within 60 days."));
    await page.getByRole("button", { name: "Compare" }).click();
    await page.getByText("duty or choice").waitFor();
    await page.getByText("figure or date").waitFor();
    await page
      .getByLabel("The bill")
      .setInputFiles(
        text(
          "bill.txt",
          "Demo Tools Ltd\nInvoice no: 2011-77\nDate: 2011-08-03\nNet 100.00\nVAT 20.00\nTotal EUR 120.00",
        ),
      );
    await page.getByRole("cell", { name: "2011-77" }).first().waitFor();
    await page.getByRole("cell", { name: "120.00" }).first().waitFor();
    expect(faults.get(page)).toEqual([]);
    await page.context().close();
  });

  test("a worker sees the team and finds no button that is not theirs", async () => {
    const page = await enter("sales-1", { language: "zh" });
    await go(page, "/team/order_clerk/learned");
    await page.getByRole("heading", { name: "正在遵循的规则" }).waitFor();
    expect(await page.getByRole("button", { name: "停用" }).count()).toBe(0);
    expect(await page.getByRole("button", { name: "撤回" }).count()).toBe(0);
    await page.context().close();
  });
});
