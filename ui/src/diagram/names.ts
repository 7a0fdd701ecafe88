// The names of a model in the reader's language: "English · 中文", or the property `name.zh` beside the name.
import { inLanguage, type Language } from "../i18n";

/** Both names of an element as one text, or its only one. */
function nameOf(element: Element): string | null {
  const name = element.getAttribute("name");
  const extensions = [...element.children].find((one) => one.localName === "extensionElements");
  const chinese = [...(extensions?.getElementsByTagName("*") ?? [])].find(
    (one) => one.localName === "property" && one.getAttribute("name") === "name.zh",
  );
  const value = chinese?.getAttribute("value");
  return name === null || value == null ? name : `${name} · ${value}`;
}

function named(xml: string): { model: XMLDocument; elements: [Element, string][] } {
  const model = new DOMParser().parseFromString(xml, "text/xml");
  const elements = [...model.querySelectorAll("[id][name]")]
    .map((element) => [element, nameOf(element)] as const)
    .filter((one): one is [Element, string] => one[1] !== null && one[1] !== "");
  return { model, elements };
}

/** Names by id of everything in a model that has both, in both languages where it says both. */
export function namesOf(xml: string): Map<string, string> {
  if (xml === "") return new Map();
  return new Map(named(xml).elements.map(([element, name]) => [element.getAttribute("id") ?? "", name]));
}

/** The model for looking at, with every name in one language; never for saving. */
export function localised(xml: string, language: Language): string {
  const { model, elements } = named(xml);
  for (const [element, name] of elements) element.setAttribute("name", inLanguage(name, language));
  return new XMLSerializer().serializeToString(model);
}
