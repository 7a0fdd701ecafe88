"""What stands before every request: headers, requests from other sites, bodies that are too large."""

from collections.abc import Mapping

from fastapi import FastAPI
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mainspring.app.inquiries import MOST_BYTES
from mainspring.web.answers import fault

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OWN_HEADER = "x-mainspring"
BY_TOKEN = ("/mcp", "/a2a/", "/oauth/", "/hooks/")
"""Paths that know no cookie: whoever asks there shows a token, which no other site's page can add."""
ENVELOPE = 100_000
"""Bytes that a form may need around its document."""
MOST_JSON = 1_000_000
MOST: Mapping[str, int] = {
    "/api/v1/inquiries": MOST_BYTES + ENVELOPE,
    "/api/v1/skills/bills": MOST_BYTES + ENVELOPE,
    "/api/v1/skills/compare": 2 * MOST_BYTES + ENVELOPE,
}
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; object-src 'none'; img-src 'self' data: blob:; font-src 'self' data:; "
    "style-src 'self' 'unsafe-inline'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


CUSTOMER_PAGE = "/offer"
CUSTOMER_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""The page that strangers open: its own files and nothing else, not even styles in the page."""


def protect(application: FastAPI) -> None:
    """Put the guards before an application; the last one added is asked first."""
    application.add_middleware(SmallEnough)
    application.add_middleware(SameSite)
    application.add_middleware(SafeHeaders)


class SafeHeaders:
    """Adds the headers of `HEADERS` to every answer; answers of the interface are never kept."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                if scope["path"].startswith(CUSTOMER_PAGE):
                    headers["Content-Security-Policy"] = CUSTOMER_POLICY
                headers["Cache-Control"] = _kept(scope["path"])
            await send(message)

        await self.app(scope, receive, with_headers)


def _kept(path: str) -> str:
    """How long a browser may keep an answer: files with a digest in their name for ever, data never."""
    if path.startswith("/assets/"):
        return "public, max-age=31536000, immutable"
    return "max-age=60" if path.startswith("/page/") else "no-store"


class SameSite:
    """Refuses a changing request unless it shows that no other site sent it.

    Either it carries the header `X-Mainspring: 1`, which another site's form cannot set, or its `Origin` is
    the host that it goes to.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if (
            scope["type"] != "http"
            or scope["method"] in SAFE
            or scope["path"].startswith(BY_TOKEN)
            or _from_here(Headers(scope=scope))
        ):
            await self.app(scope, receive, send)
            return
        mend = "Send the header X-Mainspring: 1."
        answer = fault(403, "Forbidden", "the request may come from another site", "headers", mend)
        await answer(scope, receive, send)


def _from_here(headers: Headers) -> bool:
    if headers.get(OWN_HEADER) == "1" or headers.get("authorization", "").lower().startswith("bearer "):
        return True  # another site's page can add neither header to a form
    scheme, _, host = headers.get("origin", "").partition("://")
    return scheme in {"http", "https"} and bool(host) and host == headers.get("host")


class SmallEnough:
    """Stops a body as soon as it is larger than its route takes, declared or not."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most = MOST.get(scope["path"], MOST_JSON)
        said = f"the body is larger than the {most / 1e6:.0f} MB that are taken here"
        mend = "Send a smaller file, or split it."
        declared = Headers(scope=scope).get("content-length", "0")
        if declared.isascii() and declared.isdigit() and int(declared) > most:
            await fault(413, "TooLarge", said, scope["path"], mend)(scope, receive, send)
            return
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > most:
                raise HTTPException(413, f"{said}. {mend}")
            return message

        await self.app(scope, counted, send)
