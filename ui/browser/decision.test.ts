// A decision table is edited in the workbench: what is doubtful is marked, its tests run beside it, it is put in force.
import type { Page } from "playwright-core";
import { afterAll, describe, expect, test } from "vitest";

import { available, close, enter, faults, go } from "./desk";

const TESTS = `- name: a blocked customer is asked about
  decision: credit
  inputs: {tier: A, blocked: true, receivables: 0, credit_limit: 1000, overdue: 0}
  expected: {decision: ask, reason: the customer is blocked}
- name: this one is wrong on purpose
  decision: credit
  inputs: {tier: A, blocked: true, receivables: 0, credit_limit: 1000, overdue: 0}
  expected: {decision: ok, reason: nothing}
`;

/** The version of the decision that the page shows. */
async function version(page: Page): Promise<number> {
  const words = await page
    .getByRole("heading", { level: 1 })
    .getByText(/^v\d+$/)
    .innerText();
  return Number(words.slice(1));
}

describe.skipIf(!available)("editing a decision", () => {
  afterAll(close);

  test("a row is changed, tests run beside it, a failing one refuses, and the next version is in force", async () => {
    const page = await enter("owner");
    await go(page, "/processes/decisions/credit");
    const before = await version(page);
    await page.getByText("Edit", { exact: true }).click();
    const table = page.getByRole("region", { name: "The decision table" });
    await table.locator("td.annotation").first().click();
    await page.keyboard.type(" looked at");
    await page.getByText("You see your draft").waitFor();
    const tests = page.getByRole("textbox", { name: "Unit tests" });
    await tests.fill(TESTS);
    await page.getByText("1 of 2 as expected").waitFor();
    await page.getByRole("button", { name: "Deploy" }).click();
    await page.getByText(/[1-9]\d* to mend/).waitFor();
    await tests.fill(TESTS.slice(0, TESTS.indexOf("- name: this one")));
    await page.getByText("1 of 1 as expected").waitFor();
    await page.getByRole("button", { name: "Deploy" }).click();
    await page.getByText(`Version ${before + 1} is in force`).waitFor();
    await expect.poll(() => version(page)).toBe(before + 1);
    expect(faults.get(page)).toEqual([]);
    await page.context().close();
  });

  test("a gap that a change opens is marked and named while one edits", async () => {
    const page = await enter("owner");
    await go(page, "/processes/decisions/lead_grade?mode=edit");
    const table = page.getByRole("region", { name: "The decision table" });
    const rules = table.locator("tbody tr");
    await rules.first().waitFor();
    await rules.last().locator("td").first().click({ button: "right" });
    await page.getByRole("menuitem", { name: "Remove rule" }).click();
    await page.getByRole("region", { name: "Worth a look" }).getByText("Gap.").first().waitFor();
    await page.getByRole("button", { name: "Discard the draft" }).click();
    await page.getByText("You see your draft").waitFor({ state: "detached" });
    await page.context().close();
  });
});
