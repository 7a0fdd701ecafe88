// The server goes away while somebody works: the page says so, loses nothing, and recovers by itself.
import { createServer, connect, type AddressInfo, type Server, type Socket } from "node:net";
import { once } from "node:events";
import { afterAll, describe, expect, inject, test } from "vitest";

import { available, close, enter, faults, go } from "./desk";

const AWAY = "The server does not answer. Nothing is lost";

/** A way to the server that can be cut and mended, as a network is. */
class Way {
  private readonly target = new URL(inject("served").address);
  private readonly open = new Set<Socket>();
  private server: Server | undefined;
  private port = 0;

  /** Begin, or mend; the address stays the same. */
  async mend(): Promise<string> {
    const server = this.made().listen(this.port, "127.0.0.1");
    await once(server, "listening");
    ({ port: this.port } = server.address() as AddressInfo);
    this.server = server;
    return `http://127.0.0.1:${this.port}`;
  }

  /** Nothing gets through any longer; what was on its way is lost. */
  async cut(): Promise<void> {
    const { server } = this;
    if (server === undefined) return;
    const closed = once(server, "close");
    server.close();
    for (const socket of this.open) socket.destroy();
    await closed;
  }

  private made(): Server {
    return createServer((near) => {
      const far = connect(Number(this.target.port), this.target.hostname);
      for (const [socket, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.open.add(socket);
        socket.pipe(other);
        socket.on("error", () => other.destroy()); // the other side is told by losing it
        socket.on("close", () => {
          this.open.delete(socket);
          other.destroy();
        });
      }
    });
  }
}

describe.skipIf(!available)("the server goes away", () => {
  afterAll(close);

  test("it is said, what is typed meanwhile is kept and goes to the server by itself when it is back", async () => {
    const way = new Way();
    const address = await way.mend();
    const { sessions } = inject("served");
    const page = await enter("sales-2", { house: { address, sessions } });
    await go(page, "/inbox?queue=reviews");
    await page
      .getByRole("link", { name: /What does the sender want/ })
      .first()
      .click();
    const place = page.getByLabel("Deliver to");
    await place.waitFor();
    const task = new URL(page.url()).pathname.split("/").at(-1) ?? "";

    await way.cut();
    await page.getByText(AWAY).first().waitFor();
    await place.fill("Typed while nobody listened");
    await page.getByText("Draft kept in this browser").waitFor();

    await way.mend();
    await page.getByText(AWAY).first().waitFor({ state: "detached" });
    await page.getByText("Draft kept", { exact: true }).waitFor(); // without another key
    const kept = await page.request.get(`${inject("served").address}/api/v1/tasks/${task}`);
    expect(JSON.stringify(((await kept.json()) as { draft: unknown }).draft)).toContain(
      "Typed while nobody listened",
    );
    expect(faults.get(page)).toEqual([]);
    await page.context().close();
    await way.cut();
  });

  test("a page that is opened while the server is away is there as soon as it is back", async () => {
    const way = new Way();
    const address = await way.mend();
    const page = await enter("owner", { house: { address, sessions: inject("served").sessions } });
    await way.cut();
    await page.getByText(AWAY).first().waitFor();
    await page.getByRole("link", { name: "Governance" }).click();
    await way.mend();
    await page.getByText(AWAY).first().waitFor({ state: "detached" });
    await page.getByRole("navigation", { name: "Governance" }).waitFor();
    await page.context().close();
    await way.cut();
  });
});
