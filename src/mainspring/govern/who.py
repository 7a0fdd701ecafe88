"""Who may do what, and why: every principal against everything there is to do, as the policies answer it.

Nothing is read out of the policies: each line is a question that was asked, grouped by the permit that
answered it. What depends on the case (a task that asks for somebody, an amount) is asked at its best, and
said so by the policy's own reason.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mainspring.govern.policies import Policies, Value
from mainspring.govern.principal import Principal
from mainspring.govern.resources import COMPANY, Resource, process

COMPANY_ACTIONS = (
    "deploy",
    "publish",
    "measure",
    "plan",
    "audit",
    "export",
    "erase",
    "appeal",
    "answer_appeal",
    "see_rights",
    "keep_records",
    "manage_people",
    "manage_policies",
    "see_agents",
    "stop_agent",
    "teach_agent",
    "release_agent",
    "see_services",
    "manage_services",
)
PROCESS_ACTIONS = (
    "start",
    "see",
    "do_job",
    "do_task",
    "assign_task",
    "drive",
    "mend",
    "cancel",
    "change_run",
)
_AT_BEST: dict[str, Value] = {"asked": True, "own": True}


class Right(NamedTuple):
    """That an action on these things is permitted by these policies, for their authors' reason."""

    action: str
    on: tuple[str, ...]
    policy: str
    reason: str


class Holder(NamedTuple):
    """A principal and all it may do."""

    principal: Principal
    name: str
    rights: tuple[Right, ...]


def rights(
    policies: Policies, principal: Principal, operations: Iterable[Resource], processes: Iterable[str]
) -> tuple[Right, ...]:
    """All that a principal may do, the same permit and action on several things in one line."""
    found: dict[tuple[str, str], list[str]] = {}
    for action, resource, context in _questions(operations, processes):
        decision = policies.decide(principal, action, resource, context)
        if decision.allowed:
            named = ", ".join(decision.policies)
            found.setdefault((action, named), []).append(resource.id)
    return tuple(
        Right(action, tuple(on), named, "; ".join(policies.reason(one) for one in named.split(", ")))
        for (action, named), on in found.items()
    )


def holders(
    policies: Policies,
    principals: Sequence[tuple[Principal, str]],
    operations: Sequence[Resource],
    processes: Sequence[str],
) -> tuple[Holder, ...]:
    """Every principal, with the name that people know it by, and all it may do."""
    return tuple(
        Holder(principal, name, rights(policies, principal, operations, processes))
        for principal, name in principals
    )


def _questions(
    operations: Iterable[Resource], processes: Iterable[str]
) -> Iterable[tuple[str, Resource, dict[str, Value]]]:
    for operation in operations:
        yield "call", operation, {}
        yield "approve", operation, {"preparer": False}
    for name in processes:
        for action in PROCESS_ACTIONS:
            yield action, process(name), _AT_BEST
    for action in COMPANY_ACTIONS:
        own = action in {"appeal", "publish"}
        yield action, COMPANY, {"own": own}
