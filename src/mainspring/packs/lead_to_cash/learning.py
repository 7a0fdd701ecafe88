"""How often a wording that a rule taught was met again: the catalogue follows it from the next start on."""

from datetime import datetime

from sqlalchemy import and_, func, select

from mainspring.agents.learning import Rule
from mainspring.services.tables.inquiries import inquiries, inquiry_lines
from mainspring.store import Tx


def uses(tx: Tx, skill: str, rule: Rule, since: datetime) -> int:
    """Lines of inquiries since a moment in which the wording was taken for the product of the rule."""
    if skill != "write_quote" or rule.field != "sku":
        return 0
    line, inquiry = inquiry_lines.c, inquiries.c
    same = and_(line.tenant_id == inquiry.tenant_id, line.inquiry_no == inquiry.inquiry_no)
    mine = and_(
        line.tenant_id == tx.tenant,
        line.text == rule.context,
        line.sku == rule.becomes,
        inquiry.received_at >= since,
    )
    return int(tx.scalar(select(func.count()).select_from(inquiry_lines.join(inquiries, same)).where(mine)))
