// A list of the firm is brought in on a screen: looked at, corrected, imported, found in the books, and taken back.
import type { Page } from "playwright-core";
import { afterAll, describe, expect, test } from "vitest";

import { available, close, enter, faults, go } from "./desk";

/** Written for this test; one column has a heading that says nothing. */
const LIST = [
  "Customer no,Customer name,Country,Remark",
  "X-901,Demo Import Nord,DE,en",
  "X-902,Demo Import Sued,FR,en",
  "X-903,Demo Import West,NL,en",
].join("\n");

/** How many of the list stand among the customers of the books. */
async function rows(page: Page): Promise<number> {
  const found = await page.request.post(new URL("/api/v1/tables/customers/window", page.url()).href, {
    headers: { "X-Mainspring": "1" },
    data: {
      first: 0,
      count: 10,
      where: [{ field: "name", like: "has", value: "Demo Import" }],
      order: null,
    },
  });
  return ((await found.json()) as { total: number }).total;
}

describe.skipIf(!available)("bringing in a list", () => {
  afterAll(close);

  test("its columns are told, nothing is written before one says so, and all of it is taken back", async () => {
    const page = await enter("owner");
    await page.getByRole("button", { name: /Demo owner/ }).click();
    await page.getByRole("menuitem", { name: "Import lists" }).click();
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Bring in a list" }).click();
    await (await chooser).setFiles({ name: "partners.csv", mimeType: "text/csv", buffer: Buffer.from(LIST) });

    await page.getByRole("heading", { name: "partners.csv" }).waitFor();
    const would = page.getByLabel("What the import does");
    await would.getByText("3", { exact: true }).first().waitFor();
    await page.getByLabel("Taken for: Remark").click({ force: true });
    await page.keyboard.type("lang");
    await page.keyboard.press("Enter");
    await page.getByText("you said so").waitFor();
    expect(await rows(page)).toBe(0);

    await page.getByRole("button", { name: "Import", exact: true }).click();
    await page.getByText("Imported. You can undo it as long as nothing of it was used.").waitFor();
    expect(await rows(page)).toBe(3);

    await page.getByRole("button", { name: "Undo the import" }).click();
    await page.getByRole("tooltip").getByRole("button", { name: "OK" }).click();
    await page.getByText("The import was taken back.").waitFor();
    expect(await rows(page)).toBe(0);
    await page.getByRole("link", { name: "Your lists" }).click();
    await page.getByRole("row", { name: /partners\.csv.*undone/ }).waitFor();
    expect(faults.get(page)).toEqual([]);
    await page.context().close();
  });

  test("who does not keep the records has no such place", async () => {
    const page = await enter("governance");
    await page.getByRole("button", { name: /Demo governance/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).waitFor();
    expect(await page.getByRole("menuitem", { name: "Import lists" }).count()).toBe(0);
    await go(page, "/imports");
    await page.getByText("You may not see this.").waitFor();
    await page.context().close();
  });
});
