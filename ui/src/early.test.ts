// An early question is answered once, and one that failed is asked again.
import { expect, test, vi } from "vitest";

import { askEarly, askInbox, inboxAsked, readEarly, takeEarly } from "./early";

const ANSWER = { items: [{ key: "7" }], total: 1 };
const request = (path: string) => new Request(new URL(path, location.origin));

test("an early answer is taken once", async () => {
  vi.spyOn(globalThis, "fetch").mockResolvedValue(Response.json(1));
  void askEarly("/api/v1/me");
  expect(await (await takeEarly(request("/api/v1/me")))?.json()).toBe(1);
  expect(takeEarly(request("/api/v1/me"))).toBeUndefined();
});

test("a question that was not answered is asked anew by whoever needs it", async () => {
  vi.spyOn(globalThis, "fetch").mockRejectedValue(new Error("down"));
  await askEarly("/api/v1/me").catch(() => undefined);
  expect(takeEarly(request("/api/v1/me"))).toBeUndefined();
});

test("the inbox also asks for the task that will be open first, and leaves its list to be read", async () => {
  const fetched = vi
    .spyOn(globalThis, "fetch")
    .mockImplementation(() => Promise.resolve(Response.json(ANSWER)));
  await askInbox(undefined);
  expect(fetched.mock.calls.at(-1)?.[0]).toBe("/api/v1/tasks/7");
  const list = await takeEarly(request("/api/v1/lists/tasks?scope=mine&first=0&count=100"));
  expect(await list?.json()).toEqual(ANSWER);
});

test("an early answer is read once; a refused one is left to whoever tells the person", async () => {
  vi.spyOn(globalThis, "fetch").mockImplementation((path) =>
    Promise.resolve(path === "/api/v1/me" ? Response.json(1) : new Response("", { status: 403 })),
  );
  void askEarly("/api/v1/me");
  void askEarly("/api/v1/landscape");
  expect(await readEarly("/api/v1/me")).toBe(1);
  expect(await readEarly("/api/v1/me")).toBeUndefined();
  expect(await readEarly("/api/v1/landscape")).toBeUndefined();
  expect((await takeEarly(request("/api/v1/landscape")))?.status).toBe(403);
});

test("the inbox is known to be asked for when its first task is, also when the server is down", async () => {
  vi.spyOn(globalThis, "fetch").mockRejectedValue(new Error("down"));
  void askInbox(undefined);
  await expect(inboxAsked()).resolves.toBeUndefined();
});
