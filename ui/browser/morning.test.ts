// What people are told where they are: the digest of a day and a week, when it comes, and which notices I get.
import { readFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";

import { available, close, enter, faults, go } from "./desk";

describe.skipIf(!available)("digest and notices", () => {
  afterAll(close);

  test("the digest of the day leads to a decision that waits; that of the week is one choice away", async () => {
    const page = await enter("owner");
    await go(page, "/digest");
    const decisions = page.getByRole("region", { name: "Decisions that wait" });
    await decisions.getByRole("link").first().waitFor();
    const going = page.waitForEvent("download");
    await page.getByRole("link", { name: "As PDF" }).click();
    expect(
      readFileSync(await (await going).path())
        .subarray(0, 5)
        .toString(),
    ).toBe("%PDF-");
    await page.getByText("Week", { exact: true }).click();
    await page.getByRole("heading", { name: /^The week before/ }).waitFor();
    await page.getByText("Day", { exact: true }).click();
    await decisions.getByRole("link").first().click();
    await page.waitForURL(/\/inbox\/\d+/);
    expect(faults.get(page)).toEqual([]);
    await page.context().close();
  });

  test("when it comes is kept, and a time zone that is none is refused in words", async () => {
    const page = await enter("owner");
    await go(page, "/digest");
    await page.getByRole("button", { name: "When it comes" }).click();
    const zone = page.getByRole("textbox", { name: "Time zone" });
    await zone.fill("Nowhere/Else");
    await page.getByRole("button", { name: "Keep" }).click();
    await page.getByText(/Nowhere\/Else/).waitFor();
    await zone.fill("Asia/Shanghai");
    await page.getByRole("button", { name: "Keep" }).click();
    await page.getByText("Kept.").waitFor();
    await page.reload();
    await page.getByRole("button", { name: "When it comes" }).click();
    await expect
      .poll(() => page.getByRole("textbox", { name: "Time zone" }).inputValue())
      .toBe("Asia/Shanghai");
    await page.context().close();
  });

  test("what I want to hear of is kept at once; a chat whose address is none is refused in words", async () => {
    const page = await enter("owner");
    await go(page, "/notices");
    const tasks = page.getByRole("checkbox", { name: /^Tasks/ });
    const before = await tasks.isChecked();
    await tasks.click();
    await expect.poll(() => tasks.isChecked()).toBe(!before);
    await page.reload();
    await expect.poll(() => page.getByRole("checkbox", { name: /^Tasks/ }).isChecked()).toBe(!before);
    await page.getByRole("button", { name: "Connect a group chat" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("sales");
    await page.getByRole("textbox", { name: "Webhook address" }).fill("https://127.0.0.1/robot/send");
    await page.getByRole("button", { name: "Connect", exact: true }).click();
    await page.getByRole("alert").filter({ hasText: "DingTalk" }).waitFor();
    await page.context().close();
  });
});
