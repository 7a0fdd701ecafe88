"""The HTTP interface and the first page."""
