"""Appeals at work: each is a task, with the explanation, for people who had no hand in the decision."""

from typing import Any

from mainspring.agents.inbox import Inbox
from mainspring.app import decisions
from mainspring.app.house import House
from mainspring.base.bilingual import Bilingual, both
from mainspring.engine.events import SYSTEM
from mainspring.govern import appeals, identity
from mainspring.govern.appeals import Appeal
from mainspring.govern.principal import Principal
from mainspring.govern.resources import COMPANY
from mainspring.runtime import queries
from mainspring.runtime.queries import Task
from mainspring.store import Tx

ROLES = ("governance_lead", "process_owner")
"""Whom a new appeal is offered to, as far as the policies let them answer it."""


def appeal(house: House, tx: Tx, run: int, by: Principal, text: str) -> Appeal:
    """Appeal against what a digital employee did, and ask somebody else to look at it again.

    Raises:
        NotFound: there is no such run.
        AppealError: see `govern.appeals`.
    """
    made = decisions.appeal(house, tx, run, by, text)
    reviewers = _reviewers(house, tx, made)
    variables = {
        **_shown(decisions.explained(tx, run)),
        "appeal": str(made.key),
        "appeal_text": text,
        "reviewers": reviewers,
        "groups": [] if reviewers else list(ROLES),  # nobody yet: whoever gets the role finds it
    }
    house.runtime.start(appeals.PROCESS, variables, actor=SYSTEM, business_key=_case(made.key), tx=tx)
    return made


def answer(house: House, tx: Tx, key: int, person: Principal, *, overturned: bool, text: str) -> Appeal:
    """Answer an appeal, and its task with it.

    Raises:
        AppealError, Denied: see `govern.appeals`; nothing was done.
    """
    task = task_of(tx, key)
    if task is None:
        return appeals.answer(tx, key, person, overturned=overturned, text=text, now=house.clock())
    values = {"overturned": overturned, "text": text}
    Inbox(house.runtime, house.gateway).complete(tx, task.key, person, None, values)
    return appeals.get(tx, key)


def task_of(tx: Tx, key: int) -> Task | None:
    """The open task of an appeal."""
    found = queries.instances(tx, process_id=appeals.PROCESS, business_key=_case(key))
    for case in found:
        for task in queries.tasks(tx, instance=case.key):
            return task
    return None


def _case(key: int) -> str:
    return f"appeal {key}"


def _reviewers(house: House, tx: Tx, made: Appeal) -> list[str]:
    """Who may answer: by the policies, and without those who had a hand in it."""
    found = []
    for person in sorted(identity.holders(tx, ROLES)):
        context = {"own": made.concerns(person)}
        who = identity.principal(tx, person)
        if (
            not made.concerns(person)
            and house.policies.decide(who, "answer_appeal", COMPANY, context).allowed
        ):
            found.append(person)
    return found


def _shown(explained: dict[str, Any]) -> dict[str, Any]:
    """An explanation as the form of the task shows it."""
    doubts = (both("doubt: {each}", "疑点：{each}", each=Bilingual(each)) for each in explained["doubts"])
    evidence = [*explained["evidence"], *doubts]
    rules = [f"{one['operation']}: {one['outcome']} ({one['rule'] or '-'})" for one in explained["calls"]]
    return {
        "case": explained["instance"],
        "run": explained["run"],
        "explanation": "\n".join(explained["text"].values()),
        "evidence": "\n".join(str(each) for each in evidence),
        "rules": "\n".join(rules),
    }
