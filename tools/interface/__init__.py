"""Tools about the HTTP interface."""
