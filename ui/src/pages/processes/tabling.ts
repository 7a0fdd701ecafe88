// The editor of dmn-js behind a few words: open a decision, hear of changes, save, mark rows.
import "dmn-js/dist/assets/diagram-js.css";
import "dmn-js/dist/assets/dmn-js-shared.css";
import "dmn-js/dist/assets/dmn-js-drd.css";
import "dmn-js/dist/assets/dmn-js-decision-table.css";
import "dmn-js/dist/assets/dmn-js-decision-table-controls.css";
import "dmn-js/dist/assets/dmn-js-literal-expression.css";
import "dmn-js/dist/assets/dmn-js-boxed-expression.css";
import "dmn-js/dist/assets/dmn-js-boxed-expression-controls.css";
import "dmn-js/dist/assets/dmn-font/css/dmn-embedded.css";

import Modeler from "dmn-js/lib/Modeler";

import { inViews, translating } from "../../diagram/translating";
import { CELLS } from "../../diagram/words/cells";
import { DECISIONS } from "../../diagram/words/decisions";
import { currentLanguage } from "../../i18n";

const DOUBTFUL = "is-doubtful";

export class Tabling {
  private readonly modeler: Modeler;

  /** It speaks the language of this moment until it is closed: made anew, it would forget what can be undone. */
  constructor(private readonly place: HTMLElement) {
    const words = translating(currentLanguage(), DECISIONS, CELLS);
    this.modeler = new Modeler({ container: place, ...inViews(words) });
  }

  /** Show one decision of a model; what changes in it afterwards is heard. */
  async open(xml: string, decision: string, changed: () => void): Promise<void> {
    await this.modeler.importXML(xml);
    const view = this.modeler.getViews().find((one) => one.element.id === decision);
    if (view === undefined) return;
    await this.modeler.open(view);
    this.modeler.getActiveViewer()?.get("eventBus").on("commandStack.changed", changed);
    this.place.querySelector(".tjs-table-container")?.setAttribute("tabindex", "0");
  }

  async save(): Promise<string> {
    return (await this.modeler.saveXML({ format: true })).xml;
  }

  /** Mark these rows, counted from 1, and no others. */
  mark(rows: readonly number[]): void {
    this.place.querySelectorAll("tbody tr").forEach((row, place) => {
      row.classList.toggle(DOUBTFUL, rows.includes(place + 1));
    });
  }

  close(): void {
    this.modeler.destroy();
  }
}
