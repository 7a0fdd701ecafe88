// Tables: made of a file, looked at, changed, filled with AI and reviewed, a form; papers and their letterhead.
import { afterAll, describe, expect, inject, test } from "vitest";

import { available, close, enter, faults, go } from "./desk";
import { wrong } from "./faultless";
import { settled } from "./screens";

const HEADERS = { "X-Mainspring": "1" };

/** A spreadsheet of questions, half of them sorted by hand. */
function questions(name: string): { name: string; mimeType: string; buffer: Buffer } {
  const known = Array.from({ length: 12 }, (_, n) =>
    n % 2 === 0 ? `what does item ${n} cost,price` : `when will parcel ${n} arrive,delivery`,
  );
  const open = Array.from({ length: 300 }, (_, n) =>
    n % 2 === 0 ? `how much does item ${n} cost,` : `when does parcel ${n} arrive,`,
  );
  const text = ["Question,Topic", ...known, ...open].join("\n");
  return { name: `${name}.csv`, mimeType: "text/csv", buffer: Buffer.from(text) };
}

describe.skipIf(!available)("tables", () => {
  afterAll(close);

  test("a file becomes a table whose field AI fills, with its cost before and review of what is unsure", async () => {
    const page = await enter("owner");
    const name = `Questions-${Date.now()}`;
    await go(page, "/tables");
    expect(await wrong(page, "tables.en", false)).toEqual([]);
    await page.getByLabel("File", { exact: true }).setInputFiles(questions(name));
    await page.getByRole("heading", { name }).waitFor();
    await page.getByText("312 rows").waitFor();
    // the field is told from what it is filled
    const { address } = inject("served");
    const path = `${address}/api/v1/tables/${name}`;
    const head = (await (await page.request.get(path)).json()) as {
      title: string;
      fields: Record<string, unknown>[];
    };
    const fields = head.fields.map((field) => {
      const { name: called, sort, options } = field;
      const filled = called === "Topic" ? { fill_from: ["Question"], alone_from: 0.97 } : {};
      return { name: called, sort, options, ...filled };
    });
    await page.request.put(path, { headers: HEADERS, data: { title: head.title, fields } });
    await page.reload();
    expect(await wrong(page, "table.en", false)).toEqual([]);
    await page.getByRole("button", { name: "Fill Topic with AI" }).click();
    await page.getByText("Rows to fill").waitFor();
    expect(await wrong(page, "filling.en", false)).toEqual([]);
    await page.getByRole("button", { name: "Fill", exact: true }).click();
    await page.getByText("done", { exact: true }).waitFor();
    const waits = page.getByRole("button", { name: "Keep" });
    if ((await waits.count()) > 0) await waits.first().click();
    expect(await wrong(page, "filled.en", false)).toEqual([]);
    expect(faults.get(page)).toEqual([]);
    await page.context().close();
  });

  test("rows are added, changed, ordered and kept in a view; a form adds one", async () => {
    const page = await enter("owner");
    const name = `visits-${Date.now()}`;
    await go(page, "/tables");
    await page.getByRole("button", { name: "New table" }).click();
    await page.getByLabel("Title").fill("Visits");
    await page.getByLabel("Name").fill(name);
    await page.getByLabel("First field").fill("Place");
    await page.getByRole("dialog").getByRole("button", { name: "New table" }).click();
    await page.getByRole("button", { name: "Add a field" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("Guests");
    await page.getByRole("dialog").getByLabel("Type").click();
    await page.getByTitle("number", { exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Add a field" }).click();
    for (const [place, guests] of [
      ["North hall", "12"],
      ["South hall", "7"],
    ] as const) {
      await page.getByRole("button", { name: "Add a row" }).click();
      await page.getByRole("dialog").getByLabel("Place").fill(place);
      await page.getByRole("dialog").getByLabel("Guests").fill(guests);
      await page.getByRole("dialog").getByRole("button", { name: "Add a row" }).click();
      await page.getByRole("dialog").waitFor({ state: "hidden" });
    }
    await page.getByRole("button", { name: "Change Guests of row 2" }).click();
    await page.getByRole("textbox", { name: "Change Guests of row 2" }).fill("70");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Guests", exact: true }).click();
    await page.getByRole("button", { name: "Guests ↑" }).click();
    await page.getByRole("row").nth(1).getByText("70").waitFor();
    await page.getByRole("button", { name: "Keep as view" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("Most guests");
    await page.getByRole("dialog").getByRole("button", { name: "Keep as view" }).click();
    await page.getByTitle("Most guests").waitFor();
    await page.getByRole("button", { name: "Make a form" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("Tell us");
    await page.getByRole("dialog").getByRole("button", { name: "Make a form" }).click();
    await page.getByText("Form: Tell us").click();
    await page.getByRole("heading", { name: "Tell us" }).waitFor();
    await page.getByLabel("Place", { exact: true }).fill("East hall");
    expect(await wrong(page, "form.en", false)).toEqual([]);
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByText("Your row was added").waitFor();
    expect(faults.get(page)).toEqual([]);
    await page.context().close();
  });

  test("the firm's products are a table: a change stands in the books", async () => {
    const page = await enter("owner");
    await go(page, "/tables/of/products");
    const cell = page.getByRole("button", { name: /^Change category of row/ }).first();
    await cell.click();
    const label =
      (await page.getByRole("textbox", { name: /^Change category/ }).getAttribute("aria-label")) ?? "";
    await page.getByRole("textbox", { name: label }).fill("Shown first");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: `${label}: Shown first` }).waitFor();
    await page.reload();
    await page.getByRole("button", { name: `${label}: Shown first` }).waitFor();
    expect(faults.get(page)).toEqual([]);
    await page.context().close();
  });

  test("the letterhead is seen on a made-up paper before it is in force", async () => {
    const page = await enter("owner");
    await go(page, "/tables/papers");
    await page.getByLabel("Name of the firm").fill("Demo Hinges");
    await page.getByRole("button", { name: "See it on a made-up paper" }).click();
    await page.getByRole("img", { name: "A made-up paper" }).waitFor();
    expect(await wrong(page, "papers.en", false)).toEqual([]);
    await page.getByRole("button", { name: "Put in force" }).click();
    await page.getByText("The letterhead is in force.").waitFor();
    expect(faults.get(page)).toEqual([]);
    await page.context().close();
  });

  test.each(["en", "zh"] as const)("each screen fits a phone: %s", async (language) => {
    const page = await enter("owner", { language, width: 390 });
    const found: string[] = [];
    for (const path of ["/tables", "/tables/of/customers", "/tables/of/stock", "/tables/papers"]) {
      await go(page, path);
      await settled(page);
      found.push(...(await wrong(page, `${path} ${language}`, false)));
    }
    expect(found).toEqual([]);
    expect(faults.get(page)).toEqual([]);
    await page.context().close();
  });
});
