// A chart whose library comes with the first one.
import { Skeleton } from "antd";
import { type ComponentProps, lazy, Suspense } from "react";

const Drawn = lazy(() => import("./Chart"));

export function LazyChart(props: ComponentProps<typeof Drawn>) {
  return (
    <Suspense fallback={<Skeleton.Node active style={{ width: "100%", height: props.height }} />}>
      <Drawn {...props} />
    </Suspense>
  );
}
