// Several people at once: one watches what another does, gives work back, is quicker.
import type { Page } from "playwright-core";
import { afterAll, describe, expect, test } from "vitest";

import { available, close, enter, faults, go } from "./desk";

const REVIEW = /What does the sender want/;

/** Open a task of this name in the inbox, the first unless another is wanted, and say where it is. */
async function take(page: Page, name: RegExp, place = 0): Promise<string> {
  await page.getByRole("link", { name: "Inbox" }).click();
  await page.getByRole("link", { name }).nth(place).click();
  await page.getByRole("heading", { name, level: 2 }).waitFor();
  return new URL(page.url()).pathname;
}

describe.skipIf(!available)("together", () => {
  afterAll(close);

  test("a case that somebody else works on goes on under one's eyes", async () => {
    const [worker, watcher] = [await enter("finance-1"), await enter("owner")];
    await take(worker, /Write the request/);
    const path = await worker
      .getByRole("link", { name: /^for R-/ })
      .last()
      .getAttribute("href");
    await go(watcher, path ?? "");
    await watcher.getByText("Waits at Write the request").waitFor();
    await worker.getByRole("button", { name: "Done", exact: true }).click();
    await watcher.getByText("Waits at Check the request").waitFor();
    expect(faults.get(watcher)).toEqual([]);
    for (const page of [worker, watcher]) await page.context().close();
  });

  test("a task that is returned is with whoever did the step before", async () => {
    const worker = await enter("finance-1");
    await take(worker, /Write the request/);
    const number = await worker
      .getByRole("link", { name: /^for R-/ })
      .last()
      .innerText();
    await worker.getByRole("button", { name: "Done", exact: true }).click();
    const again = worker.getByRole("link", { name: new RegExp(`Write the request.*${number} `) });
    await again.waitFor({ state: "detached" });

    const manager = await enter("finance-manager-1");
    await go(manager, "/inbox");
    await manager.getByRole("link", { name: new RegExp(`Check the request.*${number} `) }).click();
    await manager.getByRole("link", { name: number, exact: true }).waitFor();
    await manager.getByRole("button", { name: "More" }).click();
    await manager.getByRole("menuitem", { name: "Return" }).click();
    const dialog = manager.getByRole("dialog", { name: "Return" });
    await dialog.getByLabel("Reason").fill("The amount is missing");
    await dialog.getByRole("button", { name: "Do it" }).click();
    await manager.getByText("Done.", { exact: true }).waitFor();

    await again.waitFor();
    for (const page of [worker, manager]) {
      expect(faults.get(page)).toEqual([]);
      await page.context().close();
    }
  });

  test("whoever was not the quickest is told so, loses nothing, and goes on", async () => {
    const [slow, quick] = [await enter("sales-1"), await enter("sales-2")];
    const path = await take(slow, REVIEW, -1); // the first are those that other tests begin
    await slow.getByLabel("Deliver to").fill("Typed meanwhile");
    await go(quick, path);
    await quick.getByRole("heading", { name: REVIEW, level: 2 }).waitFor();
    await quick.getByRole("button", { name: "Accept", exact: true }).click();
    await quick.getByText("Answered. The process goes on.").waitFor();
    await slow.getByText("Somebody else has answered this meanwhile").waitFor();
    expect(await slow.getByLabel("Deliver to").inputValue()).toBe("Typed meanwhile");
    await slow.getByRole("button", { name: "To the next one" }).click();
    await expect.poll(() => new URL(slow.url()).pathname).not.toBe(path);
    await slow.getByRole("heading", { level: 2 }).waitFor();
    expect(faults.get(slow)).toEqual([]);
    for (const page of [slow, quick]) await page.context().close();
  });
});
