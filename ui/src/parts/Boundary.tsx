// Catches what nobody foresaw in a view, so that the frame stays and one can go on.
import { Component, type ReactNode } from "react";

import { Trouble } from "./Trouble";

export class Boundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return <Trouble error={this.state.error} onRetry={() => this.setState({ error: null })} />;
  }
}
