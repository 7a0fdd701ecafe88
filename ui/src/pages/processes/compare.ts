// What differs between two versions of a model, by the ids of what is drawn; where it is drawn does not count.

export interface Differences {
  added: string[];
  removed: string[];
  changed: string[];
}

/** Elements of the later model that the earlier has not, the other way round, and those that say something else. */
export function differences(before: string, after: string): Differences {
  const old = signatures(before);
  const now = signatures(after);
  return {
    added: [...now.keys()].filter((id) => !old.has(id)),
    removed: [...old.keys()].filter((id) => !now.has(id)),
    changed: [...now].filter(([id, said]) => old.has(id) && old.get(id) !== said).map(([id]) => id),
  };
}

function signatures(xml: string): Map<string, string> {
  const model = new DOMParser().parseFromString(xml, "text/xml");
  const every = [...model.getElementsByTagName("*")];
  const drawn = new Set(
    every.map((one) => one.getAttribute("bpmnElement")).filter((id): id is string => id !== null),
  );
  const found = new Map<string, string>();
  for (const element of every) {
    const id = element.getAttribute("id");
    if (id !== null && drawn.has(id)) found.set(id, signature(element, drawn, true));
  }
  return found;
}

/** What an element says itself: its attributes, texts and inner elements, without others that are drawn. */
function signature(element: Element, drawn: ReadonlySet<string>, top: boolean): string {
  const id = element.getAttribute("id");
  if (!top && id !== null && drawn.has(id)) return "";
  if (element.localName === "incoming" || element.localName === "outgoing") return "";
  const attributes = [...element.attributes]
    .filter((one) => !one.name.startsWith("xmlns"))
    .map((one) => `${one.localName}=${one.value}`)
    .sort();
  const inner = [...element.children].map((child) => signature(child, drawn, false));
  const text = element.children.length === 0 ? element.textContent.trim() : "";
  return `<${element.localName} ${attributes.join(" ")}>${text}${inner.join("")}`;
}
