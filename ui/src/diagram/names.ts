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

/** What people call each element of a model: its name, and for an unnamed flow from where to where it leads. */
export function calledIn(xml: string, language: Language): (id: string) => string {
  const names = namesOf(xml);
  const called = (id: string): string => inLanguage(names.get(id) ?? id, language);
  if (xml === "") return called;
  const flows = new Map(
    [...new DOMParser().parseFromString(xml, "text/xml").querySelectorAll("[sourceRef][targetRef]")].map(
      (flow) => [flow.getAttribute("id") ?? "", flow],
    ),
  );
  return (id) => {
    const flow = names.has(id) ? undefined : flows.get(id);
    if (flow === undefined) return called(id);
    return `${called(flow.getAttribute("sourceRef") ?? "")} → ${called(flow.getAttribute("targetRef") ?? "")}`;
  };
}

/** The form within an element of a model; undefined when it has none. */
function formIn(element: Element | undefined): string | undefined {
  const form = [...(element?.getElementsByTagName("*") ?? [])].find(
    (one) => one.localName === "formDefinition",
  );
  return form?.getAttribute("formId") ?? undefined;
}

/** The form that an activity of a model is answered with; undefined when it has none. */
export function formOf(xml: string, activity: string): string | undefined {
  const { model } = named(xml);
  return formIn([...model.querySelectorAll("[id]")].find((one) => one.getAttribute("id") === activity));
}

/** The form that a case of a process is begun with; undefined when it has none. */
export function startFormOf(xml: string, process: string): string | undefined {
  const { model } = named(xml);
  const begun = [...model.querySelectorAll("[id]")].find((one) => one.getAttribute("id") === process);
  const starts = [...(begun?.children ?? [])].filter((one) => one.localName === "startEvent");
  return starts.map(formIn).find((one) => one !== undefined);
}
