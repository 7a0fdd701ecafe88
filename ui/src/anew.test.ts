// A part that cannot be loaded: the page begins anew when the server answers, and not over and over.
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { beginAnewWhenLacking } from "./anew";

const reload = vi.fn();
const lack = (): boolean => dispatchEvent(new Event("mainspring.lacking"));

beforeEach(() => {
  vi.useFakeTimers();
  sessionStorage.clear();
  reload.mockReset();
  vi.spyOn(location, "reload").mockImplementation(reload);
});
afterEach(() => vi.useRealTimers());

test("the page waits until the server answers, begins anew, and does so once", async () => {
  const asked = vi.spyOn(globalThis, "fetch").mockRejectedValue(new TypeError("away"));
  beginAnewWhenLacking();
  lack();
  await vi.advanceTimersByTimeAsync(3100);
  expect(asked).toHaveBeenCalledTimes(2);
  expect(reload).not.toHaveBeenCalled();
  asked.mockResolvedValue(new Response());
  await vi.advanceTimersByTimeAsync(3000);
  expect(reload).toHaveBeenCalledTimes(1);
  beginAnewWhenLacking(); // as the page does that was loaded again
  lack();
  await vi.advanceTimersByTimeAsync(9000);
  expect(reload).toHaveBeenCalledTimes(1);
});
