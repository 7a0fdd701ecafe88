"""Credentials as they go into a request: a secret by name, or a token that a secret is exchanged for.

Tokens of OAuth 2 client credentials (RFC 6749, section 4.4) are fetched through the egress itself, kept in
memory until shortly before they expire, and fetched once however many ask at the same time. The client's
secret goes to the token endpoint only, the token to the service only.
"""

import base64
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote_plus, urlencode

from mainspring.base import jsonio
from mainspring.base.jsonio import NotJsonError
from mainspring.gateway.egress.errors import EgressRefused, UpstreamUnavailable
from mainspring.gateway.egress.reach import Credential, OAuth, Reach, origin_of, split

if TYPE_CHECKING:
    from mainspring.gateway.egress.exchange import Answer

SecretSource = Callable[[str, str], str]
"""Gives the value of a secret for a host: (name, host)."""
Learn = Callable[[str, str], None]
"""Is told a name and a value that must never be shown."""
_MARGIN = 30.0
"""Seconds before its end at which a token is no longer used."""
_UNSAID = 300.0
"""Seconds that a token is kept whose end is not told."""
_REFUSAL, _TOO_MANY, _FAULT = 400, 429, 500


class Placed(NamedTuple):
    """Where a credential stands in a request: `in_query`, else a header; its name and value."""

    in_query: bool
    name: str
    value: str


class _Token(NamedTuple):
    value: str
    until: float


class Credentials:
    """What goes along with requests. Safe to use from several threads.

    Args:
        secret: gives a secret's value for a host.
        fetch: sends a request through the egress: (reach, method, url, headers, content).
        learn: is told tokens, so that they are taken out of what is shown.
        clock: seconds that only ever grow.
    """

    def __init__(
        self,
        secret: SecretSource,
        fetch: Callable[..., "Answer"],
        learn: Learn,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._secret = secret
        self._fetch = fetch
        self._learn = learn
        self._clock = clock
        self._tokens: dict[Credential, _Token] = {}
        self._asking: dict[Credential, threading.Lock] = {}
        self._lock = threading.Lock()

    def placed(self, reach: Reach, origin: str) -> Placed | None:
        """The credential of a reach as it goes to one of its origins; None where it has none.

        Raises:
            EgressRefused: the token endpoint will not give a token.
            UpstreamUnavailable: the token endpoint does not answer.
        """
        credential = reach.credential
        if credential is None:
            return None
        if credential.oauth is not None:
            token = self._token(reach, credential, credential.oauth)
            return Placed(False, credential.name, f"{credential.prefix}{token}")
        value = self._secret(credential.secret, split(origin)[1])
        if credential.place == "query":
            return Placed(True, credential.name, value)
        if credential.place == "basic":
            return Placed(False, "Authorization", f"Basic {_pair(credential.user, value)}")
        return Placed(False, credential.name, f"{credential.prefix}{value}")

    def forget(self, reach: Reach, used: Placed | None) -> bool:
        """After a service refused this token: have another one next time. False where there is none."""
        credential = reach.credential
        if credential is None or credential.oauth is None or used is None:
            return False
        with self._lock:
            kept = self._tokens.get(credential)
            if kept is not None and used.value == f"{credential.prefix}{kept.value}":
                del self._tokens[credential]
        return True

    def _token(self, reach: Reach, credential: Credential, oauth: OAuth) -> str:
        with self._lock:
            asking = self._asking.setdefault(credential, threading.Lock())
        with asking:
            kept = self._tokens.get(credential)
            if kept is None or self._clock() >= kept.until:
                kept = self._tokens[credential] = self._fetched(reach, credential, oauth)
            return kept.value

    def _fetched(self, reach: Reach, credential: Credential, oauth: OAuth) -> _Token:
        value = self._secret(credential.secret, split(origin_of(oauth.token_url))[1])
        asked = {"grant_type": "client_credentials"}
        asked |= {name: said for name, said in (("scope", oauth.scope), ("audience", oauth.audience)) if said}
        headers = {"accept": "application/json", "content-type": "application/x-www-form-urlencoded"}
        if oauth.authentication == "basic":
            # RFC 6749, section 2.3.1: both halves are form-encoded before they are joined.
            pair = _pair(quote_plus(oauth.client_id), quote_plus(value))
            headers["authorization"] = f"Basic {pair}"
        else:
            asked |= {"client_id": oauth.client_id, "client_secret": value}
        alone = Reach.to(oauth.token_url, networks=map(str, reach.networks), seconds=reach.seconds)
        answer = self._fetch(
            alone, "POST", oauth.token_url, headers=headers, content=urlencode(asked).encode()
        )
        began = self._clock()
        if answer.status == _TOO_MANY or answer.status >= _FAULT:
            said = f"the token endpoint answered {answer.status}"
            raise UpstreamUnavailable(said, where=oauth.token_url, mend="Try again later.", unknown=False)
        told = _read(answer.content) if answer.status < _REFUSAL else {}
        token, kind = told.get("access_token"), str(told.get("token_type", "bearer"))
        if not isinstance(token, str) or not token or kind.lower() != "bearer":
            raise EgressRefused(
                f"the token endpoint gave no token (it answered {answer.status})",
                where=oauth.token_url,
                mend="Check client, secret and scope with whoever runs the service.",
            )
        self._learn(f"token of {credential.secret}", token)
        lasts = _seconds(told.get("expires_in"))
        return _Token(token, began + max(lasts - min(_MARGIN, lasts / 10), 0.0))


def _pair(user: str, password: str) -> str:
    return base64.b64encode(f"{user}:{password}".encode()).decode()


def _read(content: bytes) -> dict[str, Any]:
    try:
        found = jsonio.loads(content)
    except (NotJsonError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _seconds(told: Any) -> float:
    try:
        return max(float(told), 0.0)
    except (TypeError, ValueError):
        return _UNSAID
