// The one client of the interface; its types are generated from our OpenAPI document (`npm run api`).
import createClient, { type Middleware } from "openapi-fetch";

import { takeEarly } from "../early";
import type { components, paths } from "./schema";

export type Shapes = components["schemas"];
export type Fault = Shapes["Fault"];

/** What the server refused, in its words: what was wrong, where, and how to mend it. */
export class ApiError extends Error {
  readonly status: number;
  readonly fault: Fault;

  constructor(status: number, fault: Fault) {
    super(fault.message);
    this.name = "ApiError";
    this.status = status;
    this.fault = fault;
  }
}

/** The server did not answer at all. */
export class Unreachable extends Error {
  constructor() {
    super("unreachable");
    this.name = "Unreachable";
  }
}

const raising: Middleware = {
  async onResponse({ response }) {
    if (response.ok) return undefined;
    throw new ApiError(response.status, await faultOf(response));
  },
  onError() {
    return new Unreachable();
  },
};

async function faultOf(response: Response): Promise<Fault> {
  try {
    return (await response.clone().json()) as Fault;
  } catch {
    return { error: "Unreadable", message: response.statusText, where: "", mend: "" };
  }
}

export const api = createClient<paths>({
  baseUrl: "",
  headers: { "X-Mainspring": "1" },
  fetch: (request) => takeEarly(request) ?? fetch(request),
});
api.use(raising);

/** The data of an answer; errors were thrown before. */
export function dataOf<T>(answer: { data?: T }): T {
  if (answer.data === undefined) throw new Unreachable();
  return answer.data;
}
