"""The way to identity providers: through the gateway's one client, which connects only where it may."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from mainspring.base import jsonio
from mainspring.gateway.egress import Egress, Reach
from mainspring.gateway.errors import GatewayError
from mainspring.govern.errors import OidcError

MOST_BYTES = 1_000_000
SECONDS = 10.0
WELL = 200
_FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}


class ProviderHttp:
    """Asks identity providers.

    Args:
        egress: the way out.
        networks: not public networks in which a provider of the firm's own stands, such as ``10.1.0.0/16``.
    """

    def __init__(self, egress: Egress, networks: tuple[str, ...] = ()) -> None:
        self._egress = egress
        self._networks = networks

    def get(self, url: str) -> Mapping[str, Any]:
        """The JSON object at an address.

        Raises:
            OidcError: there is none.
        """
        return self._asked("GET", url, None)

    def post(self, url: str, form: Mapping[str, str]) -> Mapping[str, Any]:
        """The JSON object that answers a form.

        Raises:
            OidcError: there is none.
        """
        return self._asked("POST", url, urlencode(form).encode())

    def _asked(self, method: str, url: str, content: bytes | None) -> Mapping[str, Any]:
        where = f"{urlsplit(url).scheme}://{urlsplit(url).netloc}"
        try:
            reach = Reach.to(url, networks=self._networks, seconds=SECONDS, most_bytes=MOST_BYTES)
            headers = _FORM if content is not None else {"Accept": "application/json"}
            answer = self._egress.request(reach, method, url, headers=headers, content=content)
        except GatewayError as error:
            said = f"the identity provider cannot be reached: {error.message}"
            raise OidcError(said, where=where, mend="Try again; then ask whoever runs it.") from error
        if answer.status != WELL:
            said = f"the identity provider answers {answer.status}"
            raise OidcError(said, where=where, mend="Begin again.")
        try:
            found = jsonio.loads(answer.content)
        except jsonio.NotJsonError as error:
            raise OidcError("the identity provider does not answer in JSON", where=where) from error
        if not isinstance(found, dict):
            raise OidcError("the identity provider answers no JSON object", where=where)
        return found
