"""Mainspring as an MCP server: what a caller may see and do, as tools and resources."""
