"""Closures for the parts of an expression, by family."""
