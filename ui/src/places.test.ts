// Every address of the workbench is opened by the browser tests, in each of its states.
import { matchPath } from "react-router";
import { expect, test } from "vitest";

import { SCREENS } from "../browser/screens";
import { PLACES } from "./places";

test("each address of the workbench is among the screens that the browser tests open", () => {
  const patterns = PLACES.flatMap((place) => place.routes.map((route) => route.path));
  const paths = SCREENS.map((screen) => screen.replace(/\?.*/, ""));
  expect(patterns.filter((pattern) => !paths.some((path) => matchPath(pattern, path) !== null))).toEqual([]);
});
