"""Signing in through an identity provider: what is asked of the database, and what of the provider.

No transaction is open while the provider is asked.
"""

import ipaddress
import os
from urllib.parse import urlsplit

from mainspring.app.house import House
from mainspring.app.provider_http import ProviderHttp
from mainspring.govern import oidc
from mainspring.govern.oidc import Http, Provider, Started
from mainspring.govern.sign_in import Session

NETWORKS = "MAINSPRING_PROVIDER_NETWORKS"
"""Names the networks, divided by commas, in which the firm's own identity provider stands."""


def begin(house: House, provider_id: str, redirect_uri: str, http: Http | None = None) -> Started:
    """Begin: where to send the browser, and what it must keep.

    Raises:
        OidcError: there is no such provider, or it cannot be asked.
    """
    with house.store.read() as tx:
        known = oidc.provider(tx, provider_id)
    description = oidc.described(known, http or _http(house, known))
    with house.store.write() as tx:
        return oidc.begin(tx, known, description, redirect_uri=redirect_uri, now=house.clock())


def finish(house: House, *, state: str, code: str, browser: str, http: Http | None = None) -> Session:
    """Accept what came back, and open a session.

    Raises:
        OidcError: it does not hold.
    """
    with house.store.write() as tx:
        flow = oidc.take(tx, state=state, browser=browser, now=house.clock())
    known = flow.provider
    host = urlsplit(known.issuer).hostname
    secret = house.outside.secrets.get(known.secret, host) if known.secret is not None else None
    claims = oidc.exchange(flow, code, http or _http(house, known), secret=secret, now=house.clock())
    with house.store.write() as tx:
        return oidc.enter(tx, known, claims, now=house.clock())


def _http(house: House, known: Provider) -> Http:
    """The gateway's way out; a provider on loopback, as tests and single machines have one, may be asked."""
    networks = [one.strip() for one in os.environ.get(NETWORKS, "").split(",") if one.strip()]
    host = urlsplit(known.issuer).hostname or ""
    try:
        if ipaddress.ip_address(host).is_loopback:
            networks.append(host)
    except ValueError:
        pass  # a name is resolved and checked on the way out
    return ProviderHttp(house.outside.egress, tuple(networks))
