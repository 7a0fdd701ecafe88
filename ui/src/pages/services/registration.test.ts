import { expect, test } from "vitest";

import { registration } from "./registration";

const COMMON = { name: "shop", owner: "owner", version: "1" };

test("the address of a description goes into the configuration, its text goes along", () => {
  const named = registration({ ...COMMON, kind: "openapi", document: " https://shop.example/openapi.json " });
  expect(named.config).toEqual({ document_url: "https://shop.example/openapi.json" });
  expect(named.document).toBeNull();
  const pasted = registration({ ...COMMON, kind: "openapi", document: "openapi: 3.1.0" });
  expect([pasted.config, pasted.document]).toEqual([{}, "openapi: 3.1.0"]);
});

test("an MCP server has an endpoint, an HTTP service a base address, and either its network and secret", () => {
  const wish = { ...COMMON, url: "https://a.example", network: "10.1.0.0/16", secret: "shop.key" };
  const rest = { networks: ["10.1.0.0/16"], credential: { secret: "shop.key" } };
  expect(registration({ ...wish, kind: "mcp" }).config).toEqual({ url: "https://a.example", ...rest });
  expect(registration({ ...wish, kind: "http" }).config).toEqual({ base_url: "https://a.example", ...rest });
});
