"""Our own cases as the workbench looks at them: figures, the cases behind them, and a log to mine."""
