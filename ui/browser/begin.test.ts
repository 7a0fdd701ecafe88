// The first day of a new house: the guide opens by itself, its steps are done or skipped, and it does not come back.
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { available, close, enter, faults, go } from "./desk";
import { serve, type Serving } from "./serving";

const PEOPLE = [
  "Id,Name,E-mail,Role",
  "new-1,Demo Newcomer 1,new1@mainspring-demo.example,worker",
  "new-2,Demo Newcomer 2,new2@mainspring-demo.example,approver",
  "no good,Demo Newcomer 3,,worker",
].join("\n");

describe.skipIf(!available)("the first day", () => {
  let house: Serving;
  beforeAll(async () => {
    house = await serve();
  });
  afterAll(async () => {
    await house.end();
    await close();
  });

  test("the guide leads through the company, its people, mail, models and the beginning", async () => {
    const page = await enter("owner", { house: house.served });
    await page.getByRole("heading", { name: "Set up your company" }).waitFor(); // by itself: nothing is set up
    const next = page.getByRole("button", { name: "Next step" });
    const step = (name: string) => page.getByRole("region", { name, exact: true });

    await step("Company").getByLabel("Name of the company").fill("Demo Beginners");
    await step("Company").getByRole("button", { name: "Keep" }).click();
    await page.getByText("Kept. Customers see it from now on.").waitFor();
    await next.click();

    const chosen = step("People").getByLabel("A list of people (Excel or CSV)");
    await chosen.setInputFiles({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(PEOPLE) });
    await page.getByRole("row", { name: /Demo Newcomer 3.*the id is missing/ }).waitFor();
    await page.getByRole("button", { name: "Add these people: 2" }).click();
    await page.getByText("Added. Each of them signs in with a link that you give them.").waitFor();
    await next.click();

    await step("Lists and mail").getByRole("link", { name: "Bring in lists" }).waitFor();
    while (!page.url().endsWith("/models")) {
      const here = page.url(); // any step may be skipped
      await next.click();
      await page.waitForURL((address) => address.href !== here);
    }
    await step("Models").getByText("Mainspring works without a language model.").waitFor();
    await next.click();
    await step("Begin").getByText("Money always waits for a confirmation").waitFor();
    await page.getByRole("button", { name: "Done", exact: true }).click();

    await page.getByRole("heading", { name: "The company right now" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "The company right now" }).waitFor();
    await go(page, "/governance/people");
    await page.getByText("Demo Newcomer 2").first().waitFor();
    expect(await page.getByText("Demo Newcomer 3").count()).toBe(0);
    expect(faults.get(page)).toEqual([]);
    await page.context().close();
  });
});
