"""How each activity of lead to cash is done with no model: one module a desk, one `Skill` an activity."""

from collections.abc import Mapping

from mainspring.agents.handing import HAND_OVER
from mainspring.agents.skill import Skill
from mainspring.packs.lead_to_cash.knowhow import Knowhow
from mainspring.packs.lead_to_cash.skills import buying, intake, money, orders, quotes, returns, tickets


def skills(knowhow: Knowhow) -> Mapping[str, Skill]:
    """All skills of the pack by the name that the digital employees' definitions use."""
    desks = (intake, quotes, orders, money, returns, tickets, buying)
    known = {name: skill for desk in desks for name, skill in desk.skills(knowhow).items()}
    return {**known, "hand_over": HAND_OVER}
