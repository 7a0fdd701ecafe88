// A process is changed, checked, deployed and compared; a draft is kept until it is discarded.
import { afterAll, describe, expect, test } from "vitest";

import { available, close, enter, faults, go } from "./desk";

describe.skipIf(!available)("designing", () => {
  afterAll(close);

  test("a change of an activity is deployed as the next version, and the comparison names it", async () => {
    const page = await enter("owner");
    await go(page, "/processes/credit_note?mode=design");
    await page.locator('.djs-shape[data-element-id="issue_credit_note"]').click();
    await page.getByRole("tab", { name: "AI gene" }).click();
    await page.getByLabel("Rules").fill(`the ladder, looked at on ${new Date().toISOString()}`);
    await page.getByLabel("Tools").click();
    await page.getByRole("button", { name: "Deploy" }).click();
    await page.getByText(/Version \d+ is in force/).waitFor();
    await go(page, "/processes/credit_note?mode=compare");
    await page.getByRole("definition").getByText("Issue the credit note").waitFor();
    expect(faults.get(page)).toEqual([]);
    await page.context().close();
  });

  test("what breaks a rule is shown at its element, and the draft outlives a reload", async () => {
    const page = await enter("owner");
    await go(page, "/processes/ticket?mode=design");
    await page.locator('.djs-shape[data-element-id="complaint_received"]').click();
    await page.keyboard.press("Delete");
    await page.getByRole("button", { name: "Check" }).click();
    await page.getByText(/[1-9]\d* to mend/).waitFor();
    await page.getByRole("alert").getByRole("button", { name: "Customer ticket" }).waitFor();
    await page.reload();
    await page.getByText("You see your draft").waitFor();
    await page.getByRole("button", { name: "Discard the draft" }).click();
    await page.getByRole("button", { name: "Check" }).click();
    await page.getByText("Nothing found").waitFor();
    await page.context().close();
  });

  test("a case is tried out with what is typed into fields; JSON is there for more", async () => {
    const page = await enter("owner");
    await go(page, "/processes/procure_to_pay?mode=design");
    await page.locator(".djs-shape").first().waitFor();
    await page.getByRole("button", { name: "Try it" }).click();
    const drawer = page.getByRole("dialog", { name: "Try it" });
    await drawer.getByRole("textbox").first().fill("3");
    await drawer.getByText("More: as JSON").click();
    await drawer.getByLabel("Further variables it starts with, as JSON").fill('{"note": "tried"}');
    await drawer.getByRole("button", { name: "Run one case" }).click();
    await drawer.getByText('"note": "tried"').waitFor();
    expect(faults.get(page)).toEqual([]);
    await page.context().close();
  });
});
