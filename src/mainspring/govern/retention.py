"""What need not be kept: links, sessions, tokens and sign-in attempts that ended a while ago."""

from datetime import datetime, timedelta

from sqlalchemy import delete

from mainspring.govern.account_tables import access_tokens, oidc_flows
from mainspring.govern.tables import sessions, sign_in_links
from mainspring.store import Tx

KEPT = timedelta(days=30)


def forget(tx: Tx, *, now: datetime, kept: timedelta = KEPT) -> int:
    """Remove what expired longer ago than `kept`; gives how many rows."""
    removed = 0
    for table in (sign_in_links, sessions, access_tokens, oidc_flows):
        over = table.c.expires_at <= now - kept
        removed += tx.execute(delete(table).where(table.c.tenant_id == tx.tenant, over)).rowcount
    return removed
