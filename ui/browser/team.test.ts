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
    await page.getByText("Version 2 stands beside it", { exact: false }).waitFor();
    await page.getByRole("button", { name: "Let it do all" }).click();
    await page.getByText("Version 2 does the work.").waitFor();
    await page.getByRole("link", { name: "Promise", exact: true }).click();
    await page.getByText("Version 2 is not yet trusted alone", { exact: false }).waitFor();
    await page.getByRole("link", { name: "Versions" }).click();
    await page.getByRole("button", { name: "Take version 2 back" }).click();
    await page.getByRole("tooltip").getByRole("button", { name: "Take version 2 back" }).click();
    await page.getByText("Version 1 does the work.").waitFor();
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
