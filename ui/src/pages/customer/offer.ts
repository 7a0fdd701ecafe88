// What a link shows and how it is answered; the link stays in the address behind "#" and in a header.
import type { components } from "../../api/schema";

export type Offer = components["schemas"]["Offer"];
export type Gone = "forged" | "expired" | "revoked";

const BASE = "/api/v1/customer";

/** A refusal, with what the server names: why a link shows nothing, or how the quote stands. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly where: string,
  ) {
    super(where);
  }
}

/** The link in the address. */
export function link(): string {
  return window.location.hash.slice(1);
}

async function call(path: string, body?: unknown): Promise<Response> {
  const headers: Record<string, string> = { "X-Mainspring": "1", "X-Mainspring-Link": link() };
  const sent: RequestInit = { headers, credentials: "omit" };
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
    Object.assign(sent, { method: "POST", body: JSON.stringify(body) });
  }
  const answer = await fetch(BASE + path, sent);
  if (!answer.ok) {
    const said = (await answer.json().catch(() => ({}))) as { where?: string };
    throw new Refused(answer.status, said.where ?? "");
  }
  return answer;
}

async function shown(path: string, body?: unknown): Promise<Offer> {
  return (await (await call(path, body)).json()) as Offer;
}

export const load = () => shown("");
export const answer = (accepted: boolean, seen: string, reason = "") =>
  shown("/answer", { accepted, seen, reason });
export const ask = (text: string) => shown("/questions", { text });

/** `run` has 64 bits, more than a number here holds: it goes into the JSON as the digits it came with. */
export async function appeal(run: string, text: string): Promise<void> {
  const headers = {
    "X-Mainspring": "1",
    "X-Mainspring-Link": link(),
    "Content-Type": "application/json",
  };
  const body = `{"run":${BigInt(run).toString()},"text":${JSON.stringify(text)}}`;
  const said = await fetch(`${BASE}/appeals`, { method: "POST", headers, body, credentials: "omit" });
  if (!said.ok && said.status !== 409) throw new Refused(said.status, "");
}

/** Opens a paper in a window of its own. */
export async function openPaper(kind: string, number: string): Promise<void> {
  const file = await (await call(`/papers/${kind}/${encodeURIComponent(number)}`)).blob();
  window.open(URL.createObjectURL(file), "_blank", "noopener");
}
