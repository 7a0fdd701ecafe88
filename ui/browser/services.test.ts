// Services as an owner works with them: what there is, who uses it, single calls, a budget.
import { afterAll, describe, expect, test } from "vitest";

import { available, close, enter, go } from "./desk";

describe.skipIf(!available)("services", () => {
  afterAll(close);

  test("an owner finds a service, sees what it offers and who uses it", async () => {
    const page = await enter("owner");
    await page.getByRole("link", { name: "Services" }).first().click();
    await page.getByRole("table", { name: "Built in" }).waitFor();
    await page.getByRole("link", { name: "Orders", exact: true }).click();
    await page.getByRole("heading", { name: "Orders", level: 1 }).waitFor();
    await page.getByText("orders.create").waitFor();
    await page.getByRole("link", { name: "Who uses it" }).click();
    await page.getByRole("link", { name: "lead_to_cash" }).first().waitFor();
  });

  test("calls are searched by operation and lead to their case", async () => {
    const page = await enter("owner");
    await go(page, "/services/calls");
    await page.getByRole("searchbox", { name: "operation" }).fill("orders.create");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => {
      const rows = [...document.querySelectorAll("tbody tr.ant-table-row td:nth-child(3)")];
      return rows.length > 0 && rows.every((one) => one.textContent.includes("orders.create"));
    });
    await page.locator("tbody a").first().click();
    await page.waitForURL(/\/cases\/\d+/);
    expect(await page.getByRole("heading", { level: 1 }).count()).toBe(1);
  });

  test("a budget that is set stands there, and who may not see services has no such place", async () => {
    const page = await enter("owner");
    await go(page, "/services/budgets");
    await page.getByLabel("Limit").fill("250");
    await page.getByRole("button", { name: "Set it" }).click();
    await page.getByText("250.00 EUR").first().waitFor();
    const worker = await enter("sales-1");
    expect(await worker.getByRole("link", { name: "Services" }).count()).toBe(0);
    await go(worker, "/services");
    await worker.getByText("You may not see this").first().waitFor();
  });
});
