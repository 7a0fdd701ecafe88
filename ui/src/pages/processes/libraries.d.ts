// What the libraries of the modeller offer, as far as they bring no types of their own.
declare module "bpmn-js-properties-panel" {
  export const BpmnPropertiesPanelModule: object;
  export const BpmnPropertiesProviderModule: object;
  export const ZeebePropertiesProviderModule: object;
}
declare module "camunda-bpmn-js-behaviors/lib/camunda-cloud" {
  const behaviours: object;
  export default behaviours;
}
declare module "zeebe-bpmn-moddle/resources/zeebe.json" {
  const descriptor: object;
  export default descriptor;
}
declare module "dmn-js/lib/Modeler" {
  interface View {
    element: { id: string };
    type: string;
  }
  interface Bus {
    on(event: string, heard: () => void): void;
  }
  export default class Modeler {
    constructor(options: { container: HTMLElement } & Record<string, unknown>);
    importXML(xml: string): Promise<unknown>;
    saveXML(options: { format: boolean }): Promise<{ xml: string }>;
    getViews(): View[];
    open(view: View): Promise<unknown>;
    getActiveViewer(): { get(name: "eventBus"): Bus } | undefined;
    destroy(): void;
  }
}
declare module "dmn-js/lib/NavigatedViewer" {
  interface View {
    element: { id: string };
    type: string;
  }
  export default class NavigatedViewer {
    constructor(options: { container: HTMLElement } & Record<string, unknown>);
    importXML(xml: string): Promise<unknown>;
    getViews(): View[];
    open(view: View): Promise<unknown>;
    destroy(): void;
  }
}
