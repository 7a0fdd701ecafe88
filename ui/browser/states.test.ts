// Each screen while it waits for the server, when the server fails, when one may not see it, and when there is nothing
// yet; each without a serious fault of accessibility.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { available, close, enter, faults, go } from "./desk";
import { wrong } from "./faultless";
import { addressOf, keysOf, nameOf, settled, SCREENS } from "./screens";
import { serve, type Serving } from "./serving";

/** What the frame asks for; the screens within it are what is looked at here. */
const FRAME = /\/api\/v1\/(me(\/.*)?|events|copilot.*)$/;
/** Screens, or parts of one, that show what they have without asking the server for anything. */
const ASK_NOTHING = new Set(["/setup/pack", "/team/tools"]);
const FAULT = { error: "Broken", message: "the store is broken", where: "", mend: "Try again later." };

type State = "loading" | "broken" | "forbidden";
/** How each state is told within the screen; what the frame says does not count. */
const SAYS: Record<State, string> = {
  loading: "main :is(.on-its-way, .ant-skeleton, .ant-spin-spinning)",
  broken: "main :text('the store is broken')",
  forbidden: "main :text('You may not see this.')",
};

/** Answer what the screens ask for as the state wants it; nothing reaches the server. */
async function hold(page: Page, state: State): Promise<void> {
  await page.route("**/api/v1/**", async (route) => {
    if (FRAME.test(new URL(route.request().url()).pathname)) await route.fallback();
    else if (state === "broken") await route.fulfill({ status: 500, json: FAULT });
    else if (state === "forbidden") await route.fulfill({ status: 403, json: FAULT });
  });
}

/** What a screen says to whom it has nothing to show, or may not; in English. */
const TOLD: readonly { person: string; path: string; says: string }[] = [
  { person: "finance-manager-2", path: "/inbox", says: "Nothing waits here. Well done." },
  { person: "sales-1", path: "/inbox/1", says: "It is not there." },
  { person: "sales-1", path: "/cases/1", says: "It is not there." },
  { person: "sales-1", path: "/insight", says: "You may not see this." },
  { person: "sales-1", path: "/services", says: "You may not see this." },
  { person: "sales-1", path: "/services/calls", says: "You may not see this." },
];

describe.skipIf(!available)("states", () => {
  let house: Serving;
  beforeAll(async () => {
    house = await serve();
  });
  afterAll(async () => {
    await house.end();
    await close();
  });

  test.concurrent.each([
    { state: "loading", dark: false },
    { state: "broken", dark: true },
    { state: "forbidden", dark: false },
  ] as const)("each screen says it when it is $state", async ({ state, dark }) => {
    const page = await enter("owner", { dark });
    const keys = await keysOf(page);
    await hold(page, state);
    const found: string[] = [];
    for (const screen of SCREENS.filter((one) => !ASK_NOTHING.has(one))) {
      await go(page, addressOf(screen, keys));
      const said = page.locator(SAYS[state]).first();
      const name = `${nameOf(screen)} ${state}`;
      if (!(await shown(said))) found.push(`${name}: does not say it`);
      else found.push(...(await wrong(page, name, false)));
    }
    expect(found).toEqual([]);
    expect(faults.get(page)).toEqual([]);
    await page.context().close();
  });

  test.concurrent("each screen of a house in which nothing has happened yet says so", async () => {
    const page = await enter("owner", { house: house.served, dark: true });
    const found: string[] = [];
    for (const screen of SCREENS.filter((one) => !one.includes("{"))) {
      await go(page, screen);
      await settled(page);
      found.push(...(await wrong(page, nameOf(screen), false)));
      if (await page.locator(".trouble").count()) found.push(`${screen}: says that something is wrong`);
    }
    expect(found).toEqual([]);
    expect(faults.get(page)).toEqual([]);
    await page.context().close();
  });

  test.each(TOLD)("$person is told at $path: $says", async ({ person, path, says }) => {
    const page = await enter(person);
    await go(page, path);
    await page.getByText(says).first().waitFor();
    expect(await wrong(page, path, false)).toEqual([]);
    expect(faults.get(page)).toEqual([]);
    await page.context().close();
  });
});

/** Whether something appears within the time that a busy machine may need. */
async function shown(what: { waitFor: (options: { timeout: number }) => Promise<void> }): Promise<boolean> {
  return what.waitFor({ timeout: 10_000 }).then(
    () => true,
    () => false,
  );
}
