"""Bearers of the house's own access tokens: service accounts, and agents that run elsewhere."""

from mainspring.app.house import House
from mainspring.govern import clients
from mainspring.govern.errors import ClientError
from mainspring.web.bearer import Bearer


def of_house(house: House, shown: str, audience: str, on_behalf_of: str | None) -> Bearer | None:
    """The bearer of an access token of the token endpoint; None when it does not hold.

    A key itself is no access token: it is bound to no audience, so only REST takes it.
    """
    if not shown.startswith(clients.TOKEN_PREFIX):
        return None
    with house.store.read() as tx:
        try:
            grant = clients.verify(tx, shown, audience=audience, now=house.clock(), on_behalf_of=on_behalf_of)
        except ClientError:
            return None
    return Bearer(grant.principal, grant.client, grant.audience or "", grant.scopes)
