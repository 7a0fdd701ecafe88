// The parts of the properties panel take a translation as a property, and nobody hands it to them. Preact, of which
// the panel has a copy of its own, lets us do so where a part is made.
import { options, type VNode } from "@bpmn-io/properties-panel/preact";

import type { Translating } from "./translating";

type Translate = Translating["translate"][1];

let translate: Translate | undefined;

const before = options.vnode?.bind(options);
options.vnode = (made) => {
  const part = made as VNode<{ translate?: Translate }>;
  if (typeof part.type === "function")
    part.props = { ...part.props, translate: part.props.translate ?? translate };
  before?.(made);
};

/** Let every part that is drawn from now on speak with this module; there is never more than one panel. */
export function speaking(module: Translating): void {
  [, translate] = module.translate;
}
