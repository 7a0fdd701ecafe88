// Catches what nobody foresaw in a view, so that the frame stays and one can go on.
import { Component, type ReactNode } from "react";
import { useLocation } from "react-router";

import { Trouble } from "./Trouble";

/** How browsers say that a part of the workbench could not be loaded. */
const LACKING = /dynamically imported module|importing a module script|unable to preload/i;

/** What went wrong on one page does not stand on the next one. */
export function Boundary({ children }: { children: ReactNode }) {
  const { pathname } = useLocation();
  return <Catching at={pathname}>{children}</Catching>;
}

class Catching extends Component<{ at: string; children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override componentDidUpdate(before: { at: string }): void {
    if (before.at !== this.props.at && this.state.error !== null) this.setState({ error: null });
  }

  override componentDidCatch(error: unknown): void {
    if (error instanceof Error && LACKING.test(error.message)) dispatchEvent(new Event("mainspring.lacking"));
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return <Trouble error={this.state.error} onRetry={() => this.setState({ error: null })} />;
  }
}
