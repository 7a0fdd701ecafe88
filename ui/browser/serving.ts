// Starts a server for browser tests, signs everybody in, and ends it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

export interface Served {
  address: string;
  /** The session of each person, as its cookie. */
  sessions: Record<string, string>;
  /** A link that nobody has used yet. */
  link: string;
  /** Another one, for whoever begins at the very beginning. */
  fresh: string;
}

export interface Serving {
  served: Served;
  end: () => Promise<void>;
}

interface Started {
  address: string;
  links: Record<string, string[]>;
}

/**
 * Serve a house of its own.
 *
 * @param demo the file in which the demo company is, or is to be run first; without it the house is one in which
 *   nothing has happened yet
 */
export async function serve(demo?: string): Promise<Serving> {
  const house = demo === undefined ? ["fresh"] : ["demo", demo];
  const server = spawn("../.venv/bin/python", ["../tests/browser/serving.py", ...house], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [line] = (await once(createInterface({ input: server.stdout }), "line")) as [string];
  const { address, links } = JSON.parse(line) as Started;
  const sessions: Record<string, string> = {};
  for (const [person, [link = ""]] of Object.entries(links)) sessions[person] = await cookieOf(link);
  const [, link = "", fresh = ""] = links["owner"] ?? [];
  return {
    served: { address, sessions, link, fresh },
    end: async () => {
      server.stdin.end();
      if (server.exitCode === null) await once(server, "exit");
    },
  };
}

async function cookieOf(link: string): Promise<string> {
  const answer = await fetch(link, { redirect: "manual" });
  return answer.headers.get("set-cookie")?.split(";")[0]?.split("=")[1] ?? "";
}
