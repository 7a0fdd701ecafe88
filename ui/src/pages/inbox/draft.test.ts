// A draft stays until it is answered: in the browser at once, with the server after a pause.
import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { api, ApiError, Unreachable } from "../../api/client";
import type { FormSchema } from "../../forms/schema";
import { useDraft } from "./draft";

const SCHEMA: FormSchema = { id: "f", components: [{ id: "1", type: "textfield", key: "place" }] };
const BASE = { place: "", other: 1 };

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
});
afterEach(() => vi.useRealTimers());

const typing = () => renderHook(() => useDraft("7", SCHEMA, BASE, BASE));

test("what is typed goes to the server after a pause, once, and only what differs", async () => {
  const post = vi.spyOn(api, "POST").mockResolvedValue({ response: new Response() });
  const { result } = typing();
  act(() => result.current.change({ ...BASE, place: "ga" }));
  act(() => result.current.change({ ...BASE, place: "gate 2" }));
  await act(() => vi.advanceTimersByTimeAsync(3000));
  expect(post).toHaveBeenCalledTimes(1);
  expect(post.mock.calls[0]?.[1]).toMatchObject({ body: { draft: { place: "gate 2" } } });
  expect(result.current.state).toBe("server");
  expect(localStorage.length).toBe(0);
});

test("while the server does not answer, the draft stays in the browser and comes back", async () => {
  vi.spyOn(api, "POST").mockRejectedValue(new Error("down"));
  const first = typing();
  act(() => first.result.current.change({ ...BASE, place: "gate 2" }));
  await act(() => vi.advanceTimersByTimeAsync(3000));
  expect(first.result.current.state).toBe("browser");
  first.unmount();
  expect(typing().result.current.values).toEqual({ place: "gate 2", other: 1 });
});

const AWAY = [
  new Unreachable(),
  new ApiError(503, { error: "Away", message: "the server is away", where: "", mend: "" }),
];

test.each(AWAY)(
  "as soon as the server answers again ($name), the draft goes there by itself",
  async (away) => {
    const post = vi.spyOn(api, "POST").mockRejectedValue(away);
    const { result } = typing();
    act(() => result.current.change({ ...BASE, place: "gate 2" }));
    await act(() => vi.advanceTimersByTimeAsync(9000));
    expect(result.current.state).toBe("browser");
    post.mockResolvedValue({ response: new Response() });
    await act(() => vi.advanceTimersByTimeAsync(4000));
    expect(result.current.state).toBe("server");
    expect(post.mock.lastCall?.[1]).toMatchObject({ body: { draft: { place: "gate 2" } } });
  },
);

test("what an earlier visit could not send goes to the server when the task is opened again", async () => {
  const post = vi.spyOn(api, "POST").mockRejectedValue(new Unreachable());
  const first = typing();
  act(() => first.result.current.change({ ...BASE, place: "gate 2" }));
  first.unmount();
  await vi.advanceTimersByTimeAsync(0);
  post.mockResolvedValue({ response: new Response() });
  typing();
  await act(() => vi.advanceTimersByTimeAsync(0));
  expect(post.mock.lastCall?.[1]).toMatchObject({ body: { draft: { place: "gate 2" } } });
  expect(localStorage.length).toBe(0);
});

test("leaving the task sends what was typed last at once", async () => {
  const post = vi.spyOn(api, "POST").mockResolvedValue({ response: new Response() });
  const { result, unmount } = typing();
  act(() => result.current.change({ ...BASE, place: "gate 2" }));
  unmount();
  await vi.advanceTimersByTimeAsync(0);
  expect(post).toHaveBeenCalledTimes(1);
});

test("an answered task keeps nothing", async () => {
  const post = vi.spyOn(api, "POST").mockResolvedValue({ response: new Response() });
  const { result, unmount } = typing();
  act(() => result.current.change({ ...BASE, place: "gate 2" }));
  act(() => result.current.forget());
  unmount();
  await vi.advanceTimersByTimeAsync(3000);
  expect(post).not.toHaveBeenCalled();
  expect(localStorage.length).toBe(0);
});
