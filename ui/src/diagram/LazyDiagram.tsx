// The diagram, loaded when the first one is shown: its library is large.
import { Skeleton } from "antd";
import { type ComponentProps, lazy, Suspense, useMemo } from "react";

import { useWords } from "../parts/useWords";
import { localised } from "./names";

const Drawn = lazy(async () => ({ default: (await import("./Diagram")).Diagram }));

export function LazyDiagram(props: ComponentProps<typeof Drawn>) {
  const { language } = useWords();
  const xml = useMemo(() => localised(props.xml, language), [props.xml, language]);
  return (
    <Suspense fallback={<Skeleton.Node active style={{ width: "100%", height: props.height ?? 420 }} />}>
      <Drawn {...props} xml={xml} />
    </Suspense>
  );
}
