// Icons are for those who see them.
import { render } from "@testing-library/react";
import { createElement } from "react";
import { expect, test } from "vitest";

import * as icons from "./icons";

const SOURCES = import.meta.glob<string>("../**/*.{ts,tsx}", {
  query: "?raw",
  import: "default",
  eager: true,
});

const { Named, ...drawn } = icons;

test.each(Object.entries(drawn))("%s is hidden from who listens to the page", (_, icon) => {
  const { container } = render(createElement(icon));
  expect(container.firstElementChild?.getAttribute("aria-hidden")).toBe("true");
});

test("an icon that is all that a button has gives it its name", () => {
  const { getByRole } = render(
    createElement(Named, { name: "Find", children: createElement(drawn.SearchOutlined) }),
  );
  expect(getByRole("img", { name: "Find" })).toBeDefined();
});

test("every icon of the workbench comes from here", () => {
  const others = Object.entries(SOURCES).filter(
    ([file, text]) => !file.startsWith("./icons") && text.includes('from "@ant-design/icons"'),
  );
  expect(others.map(([file]) => file)).toEqual([]);
});
