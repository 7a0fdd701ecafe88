// The architecture: from the company's domains down to a process, an activity and a case; and cases by the dozen.
import { afterAll, describe, expect, inject, test } from "vitest";

import { available, close, enter, faults, go } from "./desk";
import { wrong } from "./faultless";
import { serve } from "./serving";

describe.skipIf(!available)("the architecture", () => {
  afterAll(close);

  test("one clicks down from the company to a process, its activity, the cases there and one of them", async () => {
    const page = await enter("owner");
    const tree = page.getByRole("region", { name: "The architecture and what is there now" });
    const request = tree.getByRole("row", { name: /Request/ }).first();
    await tree.getByRole("rowheader", { name: /Not in the landscape yet/ }).waitFor();
    await request.getByRole("button", { name: "Open Request" }).click();
    const activity = tree.getByRole("row", { name: /Write the request/ });
    await activity.getByText(/\d+ for named people/).waitFor();
    const running = activity.getByRole("cell").first();
    const count = Number(await running.innerText());
    expect(count).toBeGreaterThan(0);
    await running.getByRole("link").click();
    await page.getByText("at Write the request now").waitFor();
    await page.getByText(`${count} cases`, { exact: true }).waitFor();
    await page.getByRole("table").getByRole("link").first().click();
    await page.getByText("Waits at Write the request").waitFor();
    expect(faults.get(page)).toEqual([]);
    await page.context().close();
  });

  test("the same tree stands among the processes and leads to an activity in its diagram", async () => {
    const page = await enter("owner", { language: "zh", dark: true });
    await page.getByRole("navigation").getByRole("link", { name: "流程" }).click();
    await page.getByRole("button", { name: "展开申请" }).click();
    expect(await wrong(page, "architecture-open.zh")).toEqual([]);
    await page.getByRole("link", { name: "填写申请" }).click();
    await page.getByRole("region", { name: "填写申请" }).waitFor();
    expect(new URL(page.url()).searchParams.get("at")).toBe("ask");
    await page.context().close();
  });

  test("who may not measure sees the tree without money, who may not plan no way to bring one in", async () => {
    const page = await enter("sales-1");
    const tree = page.getByRole("region", { name: "The architecture and what is there now" });
    await tree.getByRole("columnheader", { name: "digital employees" }).waitFor();
    expect(await tree.getByRole("columnheader", { name: "at stake" }).count()).toBe(0);
    expect(await page.getByRole("link", { name: "Bring in your own" }).count()).toBe(0);
    await page.context().close();
  });

  test("on a phone every place is a card within the window", async () => {
    const page = await enter("owner", { width: 390, height: 800 });
    await page.getByRole("region", { name: "The architecture and what is there now" }).waitFor();
    expect(await wrong(page, "architecture-phone.en")).toEqual([]);
    await page.context().close();
  });
});

describe.skipIf(!available)("many cases at once", () => {
  afterAll(close);

  test("cases are chosen, stopped after it is said what is lost, then deleted", async () => {
    const house = await serve(inject("demo")); // a company of its own: nobody else misses these cases
    const page = await enter("owner", { house: house.served });
    try {
      await go(page, "/cases?process=request");
      const boxes = page.getByRole("table").getByRole("checkbox");
      await boxes.first().check();
      await page.getByRole("button", { name: /Choose all 8 that fit/ }).click();
      await page.getByRole("button", { name: "Stop 8 cases" }).click();
      const asked = page.getByRole("dialog");
      await asked.getByText("Stop 8 cases that go on?").last().waitFor();
      await asked.getByText(/open tasks disappear/).waitFor();
      await asked.getByRole("button", { name: "Leave everything as it is" }).click();
      await asked.waitFor({ state: "detached" });
      await page.getByRole("button", { name: "Stop 8 cases" }).click();
      await asked.getByRole("button", { name: "Stop 8 cases" }).click();
      await page.getByText("8 cases are stopped.").waitFor();
      await boxes.first().check();
      await page.getByRole("button", { name: "Delete 1 case", exact: true }).click();
      await asked.getByText("Delete 1 case that has ended?").last().waitFor();
      expect(await wrong(page, "batch.en")).toEqual([]);
      await asked.getByRole("button", { name: "Delete 1 case" }).click();
      await page.getByText("1 case is deleted.").waitFor();
      await page.getByText("7 cases", { exact: true }).waitFor();
      expect(faults.get(page)).toEqual([]);
    } finally {
      await page.context().close();
      await house.end();
    }
  });

  test("who may not cancel has nothing to choose", async () => {
    const page = await enter("sales-1");
    await go(page, "/cases");
    await page.getByRole("table").getByRole("link").first().waitFor();
    expect(await page.getByRole("table").getByRole("checkbox").count()).toBe(0);
    await page.context().close();
  });
});
