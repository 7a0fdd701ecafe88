// The plan as its owner works with it: a scene is looked at, weights are changed and put in force, the workbook goes out
// and comes back.
import { readFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";

import { available, close, enter, faults, go } from "./desk";

describe.skipIf(!available)("the plan", () => {
  afterAll(close);

  test("a scene that is chosen shows its AI gene, and other weights make another order", async () => {
    const page = await enter("owner");
    await page.getByRole("navigation").getByRole("link", { name: "Plan" }).click();
    await page.getByRole("heading", { name: "Scenes by value and difficulty" }).waitFor();
    const scenes = page.getByRole("button", { name: /^\d+\. / });
    const before = await scenes.allInnerTexts();
    await scenes.last().click();
    await page.getByRole("region", { name: "AI gene" }).waitFor();
    for (const days of ["30 days: pilot", "90 days: end to end", "180 days: reorganise"])
      await page.getByRole("heading", { name: days }).waitFor();

    const save = page.getByRole("button", { name: "Put in force" });
    expect(await save.isDisabled()).toBe(true);
    for (const [name, key] of [
      ["Revenue", "Home"],
      ["Cost saved", "Home"],
      ["Experience", "End"],
    ] as const) {
      await page.getByRole("slider", { name }).focus();
      await page.keyboard.press(key);
    }
    await save.click();
    await page.getByText("The plan is in force with these weights.").waitFor();
    await expect.poll(() => scenes.allInnerTexts()).not.toEqual(before);
    await page.reload();
    await page.getByRole("slider", { name: "Experience" }).waitFor();
    expect(await page.getByRole("slider", { name: "Experience" }).getAttribute("aria-valuenow")).toBe("10");
    expect(faults.get(page)).toEqual([]);
    await page.context().close();
  });

  test("the workbook that goes out comes back, and one that is none is refused in words", async () => {
    const page = await enter("owner");
    await go(page, "/plan");
    const going = page.waitForEvent("download");
    await page.getByRole("link", { name: "This plan as Excel" }).click();
    const workbook = readFileSync(await (await going).path());
    const upload = page.locator("input[type=file]");
    await upload.setInputFiles({ name: "plan.xlsx", mimeType: "", buffer: Buffer.from("no workbook") });
    await page.getByText("Nothing was taken in. Correct these and upload it again.").waitFor();
    await upload.setInputFiles({ name: "plan.xlsx", mimeType: "", buffer: workbook });
    await page.getByText(/^[1-9]\d* rows are in force\.$/).waitFor();
    await page.context().close();
  });

  test("who may not plan sees it and cannot change it", async () => {
    const page = await enter("governance");
    await go(page, "/plan");
    await page.getByText("Only who may plan can change the weights.").waitFor();
    expect(await page.getByRole("button", { name: "Upload a filled-in template" }).count()).toBe(0);
    await page.context().close();
  });
});
