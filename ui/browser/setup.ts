// Starts the server with the demo company once for all browser tests, and ends it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { TestProject } from "vitest/node";

export interface Served {
  address: string;
  /** The session of each person, as its cookie. */
  sessions: Record<string, string>;
  /** A link that nobody has used yet. */
  link: string;
  /** Another one, for whoever begins at the very beginning. */
  fresh: string;
}

interface Started {
  address: string;
  links: Record<string, string[]>;
}

declare module "vitest" {
  export interface ProvidedContext {
    served: Served;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = spawn("../.venv/bin/python", ["../tests/browser/serving.py"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [line] = (await once(createInterface({ input: server.stdout }), "line")) as [string];
  const { address, links } = JSON.parse(line) as Started;
  const sessions: Record<string, string> = {};
  for (const [person, [link = ""]] of Object.entries(links)) sessions[person] = await cookieOf(link);
  project.provide("served", {
    address,
    sessions,
    link: links["owner"]?.[1] ?? "",
    fresh: links["owner"]?.[2] ?? "",
  });
  return async () => {
    server.stdin.end();
    if (server.exitCode === null) await once(server, "exit");
  };
}

async function cookieOf(link: string): Promise<string> {
  const answer = await fetch(link, { redirect: "manual" });
  return answer.headers.get("set-cookie")?.split(";")[0]?.split("=")[1] ?? "";
}
