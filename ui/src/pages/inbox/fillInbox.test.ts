// What the inbox shows first stands where its queries look for it.
import { QueryClient } from "@tanstack/react-query";
import { expect, test, vi } from "vitest";

import { askInbox } from "../../early";
import { fillInbox } from "./fillInbox";
import { filterOf } from "./queues";

const LIST = { items: [{ key: "7" }], total: 1 };
const TASK = { key: "7", name: "Decide" };
const first = ["tasks", "list", filterOf(new URLSearchParams()), "window", 0];

function answering(wide: boolean): void {
  vi.spyOn(globalThis, "matchMedia").mockReturnValue({ matches: wide } as MediaQueryList);
  vi.spyOn(globalThis, "fetch").mockImplementation((path) =>
    Promise.resolve(Response.json(path === "/api/v1/tasks/7" ? TASK : LIST)),
  );
}

test("the list and its first task are filled in, and the first task is opened where there is room", async () => {
  answering(true);
  void askInbox(undefined);
  const client = new QueryClient();
  expect(await fillInbox(client, undefined)).toBe("/inbox/7");
  expect(client.getQueryData(first)).toEqual(LIST);
  expect(client.getQueryData(["tasks", "one", "7"])).toEqual(TASK);
});

test("on a phone the list is shown first", async () => {
  answering(false);
  void askInbox(undefined);
  expect(await fillInbox(new QueryClient(), undefined)).toBeUndefined();
});

test("what was not asked early is left to the views", async () => {
  const client = new QueryClient();
  expect(await fillInbox(client, "9")).toBeUndefined();
  expect(client.getQueryData(first)).toBeUndefined();
});
