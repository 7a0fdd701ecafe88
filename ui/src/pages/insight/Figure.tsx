// A figure that leads to the cases behind it.
import type { ReactNode } from "react";
import { Link } from "react-router";

import { addressOf } from "./behind";
import type { Conditions } from "../../api/insight";

/** What is not known is written as a dash; it leads nowhere. */
const NOT_KNOWN = "–";

export function Figure({ of, children }: { of: Conditions; children: ReactNode }) {
  if (children === NOT_KNOWN) return children;
  return (
    <Link className="figure" to={addressOf(of)}>
      {children}
    </Link>
  );
}
