// The modeller of bpmn-js for our dialect, behind a few words: open, save, select, the AI gene of an element.
import "bpmn-js/dist/assets/diagram-js.css";
import "bpmn-js/dist/assets/bpmn-js.css";
import "bpmn-js/dist/assets/bpmn-font/css/bpmn-embedded.css";
import "@bpmn-io/properties-panel/dist/assets/properties-panel.css";

import {
  BpmnPropertiesPanelModule,
  BpmnPropertiesProviderModule,
  ZeebePropertiesProviderModule,
} from "bpmn-js-properties-panel";
import Modeler from "bpmn-js/lib/Modeler";
import behaviours from "camunda-bpmn-js-behaviors/lib/camunda-cloud";
import zeebe from "zeebe-bpmn-moddle/resources/zeebe.json";

import { speaking } from "../../diagram/panel";
import { translating } from "../../diagram/translating";
import { DRAWING } from "../../diagram/words/drawing";
import { ELEMENTS } from "../../diagram/words/elements";
import { PROPERTIES } from "../../diagram/words/properties";
import { VIEWER } from "../../diagram/words/viewer";
import { currentLanguage } from "../../i18n";

export const GENES = ["role", "object", "data", "rules", "tools", "feasibility", "mode"] as const;
export type Gene = (typeof GENES)[number];
export type Genes = Partial<Record<Gene, string>>;

interface Moddle {
  $type: string;
  id?: string;
  name?: string;
  value?: string;
  values?: Moddle[];
  properties?: Moddle[];
  extensionElements?: Moddle;
  $parent?: Moddle;
}
interface Drawn {
  id: string;
  type: string;
  businessObject: Moddle;
}
interface Services {
  canvas: {
    zoom(mode?: string | number, centre?: string): number;
    scroll(by: { dx: number; dy: number }): void;
    scrollToElement(id: string): void;
  };
  elementRegistry: { get(id: string): Drawn | undefined };
  selection: { select(element: Drawn | null): void };
  modeling: {
    updateProperties(element: Drawn, properties: object): void;
    updateModdleProperties(element: Drawn, moddle: Moddle, properties: object): void;
  };
  bpmnFactory: { create(type: string, properties: object): Moddle };
  commandStack: { undo(): void; redo(): void; canUndo(): boolean; canRedo(): boolean };
  overlays: {
    remove(filter: { type: string }): void;
    add(element: string, type: string, overlay: { position: object; html: HTMLElement }): void;
  };
}

const FINDING = "finding";
/** Pixels that the palette covers at the left, and how much smaller the drawing is shown for it. */
const PALETTE = 110;
const BESIDE_PALETTE = 0.86;

export class Modelling {
  private readonly modeler: Modeler;

  /** It speaks the language of this moment until it is closed: made anew, it would forget what can be undone. */
  constructor(canvas: HTMLElement, panel: HTMLElement) {
    const words = translating(currentLanguage(), VIEWER, DRAWING, ELEMENTS, PROPERTIES);
    speaking(words);
    this.modeler = new Modeler({
      container: canvas,
      propertiesPanel: { parent: panel },
      additionalModules: [
        BpmnPropertiesPanelModule,
        BpmnPropertiesProviderModule,
        ZeebePropertiesProviderModule,
        behaviours,
        words,
      ] as never[],
      moddleExtensions: { zeebe },
    } as ConstructorParameters<typeof Modeler>[0]);
  }

  async open(xml: string): Promise<void> {
    await this.modeler.importXML(xml);
    const canvas = this.service("canvas");
    canvas.zoom("fit-viewport", "auto");
    canvas.zoom(canvas.zoom() * BESIDE_PALETTE, "auto");
    canvas.scroll({ dx: PALETTE / 2, dy: 0 });
  }

  async save(): Promise<string> {
    const { xml } = await this.modeler.saveXML({ format: true });
    return xml ?? "";
  }

  close(): void {
    this.modeler.destroy();
  }

  onChange(heard: () => void): void {
    this.modeler.on("commandStack.changed", heard);
  }

  onSelect(heard: (element: string | null) => void): void {
    this.modeler.on<{ newSelection: Drawn[] }>("selection.changed", ({ newSelection }) => {
      const [one, ...more] = newSelection;
      heard(one !== undefined && more.length === 0 ? one.id : null);
    });
  }

  undo(): void {
    if (this.service("commandStack").canUndo()) this.service("commandStack").undo();
  }

  redo(): void {
    if (this.service("commandStack").canRedo()) this.service("commandStack").redo();
  }

  select(id: string): void {
    const element = this.service("elementRegistry").get(id);
    if (element === undefined) return;
    this.service("selection").select(element);
    this.service("canvas").scrollToElement(id);
  }

  /** Put a mark with the number of findings at each of these elements; others lose theirs. */
  mark(findings: readonly { element: string; severity: string }[]): void {
    const overlays = this.service("overlays");
    overlays.remove({ type: FINDING });
    const at = new Map<string, boolean>();
    for (const one of findings) at.set(one.element, at.get(one.element) === true || one.severity === "error");
    for (const [id, grave] of at) {
      if (this.service("elementRegistry").get(id) === undefined) continue;
      const html = document.createElement("span");
      html.className = `badge ${grave ? "is-incident" : "is-waiting"}`;
      html.textContent = "!";
      overlays.add(id, FINDING, { position: { top: -10, left: -8 }, html });
    }
  }

  /** The AI gene of an element; null when it is no activity. */
  genes(id: string): Genes | null {
    const element = this.service("elementRegistry").get(id);
    if (element === undefined || !/Task$|CallActivity$|SubProcess$/.test(element.type)) return null;
    const found: Genes = {};
    for (const gene of GENES) {
      const value = propertiesOf(element)?.properties?.find((one) => one.name === `gene.${gene}`)?.value;
      if (value !== undefined) found[gene] = value;
    }
    return found;
  }

  /** Write one part of the AI gene, as a property that foreign tools keep; an empty one is taken out. */
  setGene(id: string, gene: Gene, value: string): void {
    const element = this.service("elementRegistry").get(id);
    if (element === undefined) return;
    const name = `gene.${gene}`;
    const holder = propertiesOf(element) ?? this.makeProperties(element);
    const others = (holder.properties ?? []).filter((one) => one.name !== name);
    const made = this.service("bpmnFactory").create("zeebe:Property", { name, value });
    made.$parent = holder;
    this.service("modeling").updateModdleProperties(element, holder, {
      properties: value === "" ? others : [...others, made],
    });
  }

  private makeProperties(element: Drawn): Moddle {
    const factory = this.service("bpmnFactory");
    const modeling = this.service("modeling");
    const holder = factory.create("zeebe:Properties", { properties: [] });
    let extensions = element.businessObject.extensionElements;
    if (extensions === undefined) {
      extensions = factory.create("bpmn:ExtensionElements", { values: [] });
      extensions.$parent = element.businessObject;
      modeling.updateProperties(element, { extensionElements: extensions });
    }
    holder.$parent = extensions;
    modeling.updateModdleProperties(element, extensions, { values: [...(extensions.values ?? []), holder] });
    return holder;
  }

  private service<K extends keyof Services>(name: K): Services[K] {
    return this.modeler.get<Services[K]>(name);
  }
}

function propertiesOf(element: Drawn): Moddle | undefined {
  return element.businessObject.extensionElements?.values?.find((one) => one.$type === "zeebe:Properties");
}
