"""Bearer tokens: whom a token stands for, and whether it was issued for this very resource.

A token is looked at here and goes no further: what is called for its holder is called with the platform's own
credentials. Roles are read again at every call, so that a role that was taken away is gone at once.
"""

from collections.abc import Callable
from typing import NamedTuple

from mainspring.app.house import House
from mainspring.govern import clients
from mainspring.govern.principal import Principal


class Bearer(NamedTuple):
    """A token that holds.

    Attributes:
        principal: whom it stands for, with the roles held now.
        client: the client that it was issued to.
        audience: the resource that it was issued for, as an address.
        scopes: the actions that it was asked for; `*` is all that the policies allow.
    """

    principal: Principal
    client: str
    audience: str
    scopes: frozenset[str] = frozenset({clients.ANYONE})


Verify = Callable[[House, str, str, str | None], Bearer | None]
"""Gives the bearer of a token for an audience, on behalf of someone or nobody; None when it does not hold."""
