"""Questions in plain words, answered from the house's own data for whoever asks: see `asking.ask`."""
