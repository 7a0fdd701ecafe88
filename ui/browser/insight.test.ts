// Insight as an owner works with it: every part opens with its figures, a figure leads to the cases behind it, and the
// sliders of the map show more or less of the process.
import type { Page } from "playwright-core";
import { afterAll, describe, expect, test } from "vitest";

import { available, close, enter, faults, go } from "./desk";
import { settled } from "./screens";

/** How many activities and paths the map says that it shows, and of how many. */
async function shown(page: Page): Promise<{ activities: number; paths: number }> {
  const words = await page.getByText(/\d+ of \d+ activities/).innerText();
  const [activities = 0, , paths = 0] = [...words.matchAll(/\d+/g)].map(Number);
  return { activities, paths };
}

describe.skipIf(!available)("insight", () => {
  afterAll(close);

  test("each part is reached by its name and shows figures of the company", async () => {
    const page = await enter("owner");
    await page.getByRole("link", { name: "Insight" }).click();
    const parts = page.getByRole("navigation", { name: "Parts of insight" });
    const says = {
      Overview: page.getByText("Cost to serve a case").first(),
      "This month": page.getByRole("heading", { name: "The three changes that would bring most" }),
      "Process map": page.getByRole("img", { name: /^Process map: \d+ activities/ }),
      "Waiting and work": page.getByRole("heading", { name: "Where the time goes" }),
      Differences: page.getByText(/^(What they have in common|Too few cases to compare.*)$/),
      Proposals: page.getByRole("button", { name: "Look for improvements" }),
      Return: page.getByRole("heading", { name: "What the return hangs on" }),
    };
    await parts.waitFor();
    expect(await parts.getByRole("link").allInnerTexts()).toEqual(Object.keys(says));
    for (const [name, what] of Object.entries(says)) {
      await parts.getByRole("link", { name, exact: true }).click();
      await what.waitFor();
    }
    expect(faults.get(page)).toEqual([]);
    await page.context().close();
  });

  test("a figure leads to exactly the cases that it counts, and a case from there to its page", async () => {
    const page = await enter("owner");
    await go(page, "/insight");
    const ended = page.getByRole("link", { name: /^[\d,]+ ended$/ });
    const count = (await ended.innerText()).replace(/\D/g, "");
    await ended.click();
    await page.getByRole("heading", { name: `Cases behind the figure (${count})` }).waitFor();
    await page.getByText("ended", { exact: true }).first().waitFor();
    const rows = page.getByRole("table").getByRole("link");
    const number = await rows.first().innerText();
    await rows.first().click();
    await page.getByRole("heading", { name: number, level: 1 }).waitFor();
    expect(faults.get(page)).toEqual([]);
    await page.context().close();
  });

  test("every figure of a person, a team, an activity and a customer leads to its cases", async () => {
    const page = await enter("owner");
    await go(page, "/insight");
    const sides = page.getByRole("radiogroup", { name: "Figures by" });
    for (const side of ["Activity", "Person", "Team", "Customer"]) {
      await sides.getByText(side, { exact: true }).click();
      const table = page.getByRole("table").last();
      await table.getByRole("columnheader", { name: side === "Person" ? "Who" : side }).waitFor();
      const [, ...figures] = await table.locator("tbody tr:has(a)").first().locator("td").all();
      expect(figures.length).toBeGreaterThan(5);
      for (const figure of figures) {
        const said = await figure.innerText();
        expect([side, said, await figure.getByRole("link").count()]).toEqual([
          side,
          said,
          said === "–" ? 0 : 1,
        ]);
      }
    }
    await sides.getByText("Person", { exact: true }).click();
    const row = page.getByRole("table").last().locator("tbody tr:has(a)").first();
    const cases = await row.getByRole("link").first().innerText();
    await row.getByRole("link").last().click();
    await page.getByRole("heading", { name: `Cases behind the figure (${cases})` }).waitFor();
    expect(faults.get(page)).toEqual([]);
    await page.context().close();
  });

  test("the sliders of the map leave activities and paths out and bring them back", async () => {
    const page = await enter("owner");
    await go(page, "/insight/map");
    await settled(page);
    const all = await shown(page);
    await page.getByRole("slider", { name: "Activities shown" }).focus();
    await page.keyboard.press("Home");
    await expect.poll(async () => (await shown(page)).activities).toBeLessThan(all.activities);
    await page.keyboard.press("End");
    await expect.poll(async () => (await shown(page)).activities).toBe(all.activities);
    await page.getByRole("slider", { name: "Paths shown" }).focus();
    await page.keyboard.press("End");
    await expect.poll(async () => (await shown(page)).paths).toBeGreaterThan(all.paths);
    expect(faults.get(page)).toEqual([]);
    await page.context().close();
  });

  test("an activity of the map leads to its cases", async () => {
    const page = await enter("owner");
    await go(page, "/insight/map");
    await page.locator(".process-map .activity").first().click();
    await page.getByRole("heading", { name: /^Cases behind the figure \([\d,]+\)$/ }).waitFor();
    await page.context().close();
  });
});
