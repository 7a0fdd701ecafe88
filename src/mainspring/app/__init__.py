"""The composition root and the use cases: the only floor that knows what is wired to what."""
