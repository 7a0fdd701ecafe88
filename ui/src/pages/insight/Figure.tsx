// A figure that leads to the cases behind it.
import type { ReactNode } from "react";
import { Link } from "react-router";

import { addressOf } from "./behind";
import type { Conditions } from "../../api/insight";

export function Figure({ of, children }: { of: Conditions; children: ReactNode }) {
  return (
    <Link className="figure" to={addressOf(of)}>
      {children}
    </Link>
  );
}
