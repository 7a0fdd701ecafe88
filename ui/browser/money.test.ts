// From a fresh sign-in, a case goes from inquiry to money with what the screen says alone, within 40 clicks.
import { afterAll, describe, expect, inject, test } from "vitest";
import type { Locator, Page } from "playwright-core";

import { available, browser, close } from "./desk";

const MOST_CLICKS = 40;
/** Milliseconds that the digital employees may take for one stretch of the case on a busy machine. */
const WORK = 120_000;

/** Written for this test; the sender is a customer of the demo company. */
const INQUIRY = `From: Max Muster <einkauf@maschinenbau001.example>
To: Mainspring Demo Trading <orders@mainspring-demo.example>
Subject: Nuts for next week
Date: Mon, 02 Mar 2026 09:12:00 +0100
Message-ID: <scenario@mainspring-demo.example>
Content-Type: text/plain; charset="utf-8"
MIME-Version: 1.0

Good morning,

please quote us the following:

100 pcs hex nut M12 zinc
100 pcs lock nut M8 zinc

We need the goods in Stuttgart-Vaihingen, gate 3.

Best regards
Max Muster
Demo Maschinenbau 001 GmbH
`;

const TODAY = new Date().toISOString().slice(0, 10);
/** A statement as a bank's website exports it. */
const statement = (invoice: string, amount: string): string =>
  "Booking date,Value date,Payer,Purpose,Amount,Currency\n" +
  `${TODAY},${TODAY},Demo Maschinenbau 001 GmbH,Invoice ${invoice},${amount},EUR\n`;

describe.skipIf(!available)("inquiry to money", () => {
  afterAll(close);

  test("one person takes a case from inquiry to money within 40 clicks", async () => {
    let clicks = 0;
    const click = async (what: Locator): Promise<void> => {
      await what.click({ timeout: WORK });
      clicks += 1;
    };
    const context = await (await browser()).newContext({ viewport: { width: 1440, height: 900 } });
    await context.addInitScript(() => localStorage.setItem("mainspring.language", "en"));
    const page = await context.newPage();
    await page.goto(inject("served").fresh);

    const bring = async (kind: RegExp, name: string, content: string): Promise<void> => {
      await click(page.getByRole("link", { name: "Cases" }));
      await click(page.getByRole("button", { name: "Bring something in" }));
      const chooser = page.waitForEvent("filechooser");
      await click(page.getByRole("menuitem", { name: kind }));
      await (
        await chooser
      ).setFiles({ name, mimeType: "application/octet-stream", buffer: Buffer.from(content) });
    };

    await bring(/Inquiry/, "inquiry.eml", INQUIRY);
    await page.getByText("It is in.").waitFor();
    const number = await page.getByRole("heading", { name: /^E-\d+$/ }).innerText();
    await reached(page, /Waits at Customer decides/);

    await click(page.getByRole("button", { name: "Link for the customer" }));
    const opened = context.waitForEvent("page");
    await click(page.getByRole("link", { name: "Open it" }));
    const customer = await opened;
    await click(customer.getByRole("button", { name: "Accept the quote" }));
    await click(customer.getByRole("button", { name: "Yes, accept" }));
    await customer.getByText("You accepted this quote").waitFor();
    await customer.close();
    await click(page.getByRole("button", { name: "Close" }));

    await reached(page, /Waits at Customer pays/);
    await click(page.getByRole("tab", { name: "Data" }));
    const value = (name: string): Promise<string> =>
      page
        .getByRole("row", { name: new RegExp(`^${name} `) })
        .getByRole("cell")
        .last()
        .innerText();
    await bring(
      /Statement/,
      "statement.csv",
      statement(await value("invoice_no"), await value("open_amount")),
    );
    await page.getByText("its payments are being matched").waitFor();

    await click(page.getByRole("link", { name: number }));
    await reached(page, /It has ended/);
    await page.getByText("ended", { exact: true }).waitFor();
    expect(clicks).toBeLessThanOrEqual(MOST_CLICKS);
    console.log(`inquiry to money: ${clicks} clicks`);
    await context.close();
  });
});

/** Wait until the case says where it stands; a review or confirmation on the way would be shown here too. */
async function reached(page: Page, where: RegExp): Promise<void> {
  await page.getByText(where).waitFor({ timeout: WORK });
}
