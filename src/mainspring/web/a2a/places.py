"""Where a digital employee is asked, and where its card is."""

PREFIX = "/a2a"
WELL_KNOWN = "/.well-known/agent-card.json"
"""The protocol's place of a card, below the agent's address."""


def path_of(agent_id: str) -> str:
    """Where an employee is asked."""
    return f"{PREFIX}/{agent_id}"


def card_path(agent_id: str) -> str:
    """Where its card is."""
    return f"{path_of(agent_id)}{WELL_KNOWN}"
