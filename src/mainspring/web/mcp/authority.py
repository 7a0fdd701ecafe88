"""An endpoint as an OAuth 2 protected resource: who may come in by a bearer token, and for whom.

A token must be issued for this very resource (RFC 8707): one made for another service is refused here, so
that a service that was given a token cannot come in with it. Metadata of the resource follows RFC 9728.
"""

from fastapi.concurrency import run_in_threadpool
from mcp.server.auth.middleware.bearer_auth import BearerAuthBackend
from mcp.server.auth.provider import AccessToken
from pydantic import AnyHttpUrl, ConfigDict
from starlette.authentication import AuthCredentials, AuthenticationBackend, BaseUser
from starlette.requests import HTTPConnection

from mainspring.app.house import House
from mainspring.govern.principal import Principal
from mainspring.web.bearer import Verify

ON_BEHALF_OF = "x-on-behalf-of"


class Holder(AccessToken):
    """A token's holder as the SDK passes it on, with the principal that it stands for."""

    model_config = ConfigDict(arbitrary_types_allowed=True)
    principal: Principal


class Entrance(AuthenticationBackend):
    """Lets in whoever shows a token for a resource.

    Args:
        house: whose.
        verify: gives the bearer of a token.
        resource: the address that tokens must be issued for.
    """

    def __init__(self, house: House, verify: Verify, resource: str) -> None:
        self._house, self._verify = house, verify
        self._resource = resource

    async def authenticate(self, conn: HTTPConnection) -> tuple[AuthCredentials, BaseUser] | None:
        """Who asks; None for a request without a token that holds."""
        tokens = _Tokens(self._house, self._verify, self._resource, conn.headers.get(ON_BEHALF_OF))
        backend = BearerAuthBackend(tokens, resource_server_url=AnyHttpUrl(self._resource))
        found: tuple[AuthCredentials, BaseUser] | None = await backend.authenticate(conn)
        return found


class _Tokens:
    """Looks the token of one request up; a `TokenVerifier` of the SDK."""

    def __init__(self, house: House, verify: Verify, resource: str, on_behalf_of: str | None) -> None:
        self._house, self._verify = house, verify
        self._resource, self._on_behalf_of = resource, on_behalf_of

    async def verify_token(self, token: str) -> AccessToken | None:
        found = await run_in_threadpool(self._verify, self._house, token, self._resource, self._on_behalf_of)
        if found is None:
            return None
        principal = found.principal
        return Holder(
            token="",  # looked at, and not kept: nothing behind this line can pass it on
            client_id=found.client,
            scopes=sorted(found.scopes),
            expires_at=None,  # the verifier has compared it with the house's own clock
            resource=found.audience,
            subject=f"{principal.kind}:{principal.id}:{principal.on_behalf_of or ''}",
            principal=principal,
        )
