// Every screen of the workbench by its address, and how one gets the keys that stand in some of them.
import type { Page } from "playwright-core";

/** Addresses; a word in braces stands for a key that is looked up in the house (`keysOf`). */
export const SCREENS = [
  "/",
  "/inbox",
  "/inbox/{task}",
  "/cases",
  "/cases/{case}",
  "/processes",
  "/processes/lead_to_cash",
  "/processes/credit_note?mode=design",
  "/processes/credit_note?mode=compare",
  "/processes/decisions",
  "/processes/decisions/authority_ladder",
  "/processes/decisions/credit?mode=edit",
  "/team",
  "/team/tools",
  "/team/order_clerk",
  "/team/order_clerk/work",
  "/team/order_clerk/promise",
  "/team/order_clerk/learned",
  "/team/order_clerk/release",
  "/services",
  "/services/of/orders",
  "/services/of/orders/operations",
  "/services/of/orders/users",
  "/services/of/orders/calls",
  "/services/calls",
  "/services/budgets",
  "/tables",
  "/tables/of/customers",
  "/tables/of/stock",
  "/tables/of/{table}/form/{form}",
  "/tables/papers",
  "/insight",
  "/insight/month",
  "/insight/map",
  "/insight/waiting",
  "/insight/differences",
  "/insight/improve",
  "/insight/worth",
  "/insight/cases",
  "/plan",
  "/governance",
  "/governance/rights",
  "/governance/people",
  "/governance/ladder",
  "/governance/confirmations",
  "/governance/appeals",
  "/governance/policies",
  "/governance/standIns",
  "/governance/record",
  "/digest",
  "/notices",
  "/setup",
  "/setup/company",
  "/setup/people",
  "/setup/bring",
  "/setup/tell",
  "/setup/models",
  "/setup/pack",
  "/imports",
  "/imports/{import}",
] as const;

/** The screens that the documentation shows, once in each language: their names, and the inbox with a task in it. */
const SHOWN = [
  "home",
  "cases",
  "case",
  "processes-lead_to_cash",
  "processes-credit_note-mode-design",
  "processes-decisions-credit-mode-edit",
  "team",
  "team-order_clerk-work",
  "tables-of-customers",
  "services",
  "insight",
  "insight-map",
  "plan",
  "governance-ladder",
  "setup-bring",
  "copilot",
  "offer",
] as const;
export const PICTURED: ReadonlyMap<string, string> = new Map([
  ["inbox-task", "inbox"],
  ...SHOWN.map((name): [string, string] => [name, name]),
]);

export type Keys = Readonly<Record<"task" | "case" | "table" | "form" | "import", string>>;

/** A case of the demo company that began with a mail: there is something beside its task. */
const MAIL = "E-000065";
const OWN = { "X-Mainspring": "1" };
const TABLE = "screens-visits";
const FORM = "Tell us";
/** A short list of customers, written for this test. */
const LIST = "Customer no;Name;Country\nS-1;Demo Screens 1;DE\nS-2;Demo Screens 2;FR\n";

/** The address of a screen in this house. */
export function addressOf(screen: string, keys: Keys): string {
  return screen.replaceAll(/\{(\w+)\}/g, (_, name: keyof Keys) => encodeURIComponent(keys[name]));
}

/** Its name as part of the name of a file. */
export function nameOf(screen: string): string {
  return screen === "/"
    ? "home"
    : screen
        .slice(1)
        .replaceAll(/[^\w]+/g, "-")
        .replaceAll(/^-|-$/g, "");
}

/** What some addresses are about: the newest task and case, and a table with a form and an import made for this. */
export function keysOf(page: Page): Promise<Keys> {
  known ??= lookedUp(page); // once: the same list brought in again would take the place of the first
  return known;
}

let known: Promise<Keys> | undefined;

async function lookedUp(page: Page): Promise<Keys> {
  const { origin } = new URL(page.url());
  const at = (path: string): string => `${origin}/api/v1/${path}`;
  const first = async (list: string): Promise<string> => {
    const { items } = (await (await page.request.get(at(`lists/${list}`))).json()) as {
      items: { key: string }[];
    };
    return items[0]?.key ?? "0";
  };
  const form = { name: FORM, form: true, fields: [], where: [], order: null, note: "" };
  await page.request.put(at(`tables/${TABLE}`), {
    headers: OWN,
    data: { title: "Visits", fields: [{ name: "Place", sort: "text", options: [] }] },
  });
  await page.request.post(at(`tables/${TABLE}/views`), { headers: OWN, data: form });
  const list = { name: "customers.csv", mimeType: "text/csv", buffer: Buffer.from(LIST) };
  const made = await page.request.post(at("imports"), { headers: OWN, multipart: { document: list } });
  return {
    task: await first(`tasks?words=${MAIL}&first=0&count=1`),
    case: await first("cases?process_id=lead_to_cash&first=0&count=1"),
    table: TABLE,
    form: FORM,
    import: ((await made.json()) as { import_no: string }).import_no,
  };
}

/** What says that something is still on its way. */
const COMING = ".on-its-way, .ant-skeleton, .ant-spin-spinning, .opening";

/** Wait until a screen shows what it has to show. */
export async function settled(page: Page): Promise<void> {
  await page.locator("main, .trouble").first().waitFor();
  await page.waitForFunction((coming) => document.querySelector(coming) === null, COMING);
}
