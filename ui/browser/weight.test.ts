// What the first view of a person costs: script is what a slow line and a slow processor wait for.
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";

import { available, close, enter, go } from "./desk";

/** Bytes of script, gzip, until the first view is there. */
const MOST = 400_000;

describe.skipIf(!available)("weight", () => {
  afterAll(close);

  test.each([
    ["the inbox", "/inbox", ".inbox-task h2"],
    ["home", "/", "table"],
  ])("%s is there with less than 400 kB of script", async (_, path, there) => {
    const page = await enter("sales-1");
    const scripts: Promise<Buffer>[] = [];
    page.on("response", (answer) => {
      if (new URL(answer.url()).pathname.endsWith(".js")) scripts.push(answer.body());
    });
    await go(page, path);
    await page.locator(there).first().waitFor();
    const sizes = (await Promise.all(scripts)).map((script) => gzipSync(script).length);
    expect(sizes.length).toBeGreaterThan(2);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MOST);
    await page.context().close();
  });
});
