"""Where the MCP server and the metadata of the resource are."""

from urllib.parse import urlsplit

PATH = "/mcp"
WELL_KNOWN = "/.well-known/oauth-protected-resource"
LOCAL = ("127.0.0.1", "localhost", "[::1]")


def metadata_path(address: str) -> str:
    """Where the metadata is (RFC 9728, 3.1) for an application of this address."""
    return WELL_KNOWN + urlsplit(address + PATH).path
