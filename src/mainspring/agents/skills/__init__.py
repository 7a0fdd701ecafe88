"""Skills: deterministic or locally trained work that needs no key and no network."""
