"""What people are told of: tasks, confirmations, reports, disagreements, alarms, a new digest."""

import hashlib
import textwrap
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple

from sqlalchemy import select

from mainspring.app import employee_learning, shown
from mainspring.app.digest.tables import alarms, digests
from mainspring.app.house import House
from mainspring.govern.tables import notices
from mainspring.runtime import queries
from mainspring.store import Tx

Kind = Literal["task", "confirmation", "report", "disagreement", "alarm", "digest"]
KINDS: tuple[Kind, ...] = ("task", "confirmation", "report", "disagreement", "alarm", "digest")
LOOK_BACK = timedelta(days=1)
"""Nobody is told of what is older; it stands in the inbox."""
OWNERS = frozenset({"process_owner", "chief_process_officer"})
"""Roles that alarms and digests are for."""
TUTORS = frozenset({"ai_tutor", "ai_product_owner", "process_owner"})
"""Roles that settle what a digital employee should learn, where those who corrected it disagree."""
_SHORT = 60
"""Signs of a wording in a line about it."""


class Subject(NamedTuple):
    """Something to tell.

    Attributes:
        id: what it is told of once by: "task 17".
        words: one line by language.
        path: of its page in the workbench.
        groups, users: whom it asks.
    """

    id: str
    kind: Kind
    words: Mapping[str, str]
    path: str
    groups: frozenset[str]
    users: frozenset[str]


def fresh(house: House, tx: Tx, names: Mapping[str, str]) -> list[Subject]:
    """What came up within `LOOK_BACK`, the oldest first of each kind; `names` are those of elements."""
    since = house.clock() - LOOK_BACK
    return [
        *_tasks(tx, since, names),
        *_confirmations(house, tx, since),
        *_reports(tx, since),
        *_disagreements(house, tx, since),
        *_alarms(tx, since),
        *_digests(tx, since),
    ]


def _tasks(tx: Tx, since: datetime, names: Mapping[str, str]) -> Iterable[Subject]:
    found = [one for one in queries.tasks(tx, limit=1000) if one.kind != "approval"]
    recent = [one for one in found if one.created_at >= since]
    cases = shown.cases(tx, (one.instance for one in recent))
    for one in recent:
        english, chinese = _both(names.get(one.element, one.element))
        case = cases.get(one.instance, "")
        words = {"en": f"{english}: {case}".rstrip(": "), "zh": f"{chinese}：{case}".rstrip("：")}
        users = frozenset({one.assignee} if one.assignee else one.candidate_users)
        groups = frozenset() if one.assignee else frozenset(one.candidate_groups)
        yield Subject(f"task {one.key}", "task", words, f"/inbox/{one.key}", groups, users)


def _confirmations(house: House, tx: Tx, since: datetime) -> Iterable[Subject]:
    asked = queries.tasks(tx, kind="approval", limit=1000)
    tasks = {int(one.payload["approval"]): one.key for one in asked}
    for one in house.approvals.waiting(tx):
        if one.requested_at < since:
            continue
        registered = house.gateway.registry.find(one.operation, tx)
        titles = registered.operation.title if registered is not None else {}
        amount = f" {one.amount:,.2f}" if one.amount is not None else ""
        words = {
            "en": f"Waiting for your confirmation: {titles.get('en', one.operation)}{amount}",
            "zh": f"待确认：{titles.get('zh', one.operation)}{amount}",
        }
        role = frozenset({one.requirement.role})
        path = f"/inbox/{tasks[one.key]}" if one.key in tasks else "/governance/confirmations"
        yield Subject(f"confirmation {one.key}", "confirmation", words, path, role, frozenset())


def _reports(tx: Tx, since: datetime) -> Iterable[Subject]:
    n = notices.c
    query = select(notices).where(n.tenant_id == tx.tenant, n.at >= since, n.seen_by.is_(None))
    for row in tx.all(query.order_by(n.key)):
        words = {"en": f"{row.actor_id}: {row.operation}", "zh": f"{row.actor_id}：{row.operation}"}
        path = f"/cases/{row.instance}" if row.instance else "/inbox"
        yield Subject(f"report {row.key}", "report", words, path, frozenset({row.role}), frozenset())


def _disagreements(house: House, tx: Tx, since: datetime) -> Iterable[Subject]:
    for agent, one in employee_learning.disagreements(house, tx, since):
        title = house.roster.post(tx, agent).live.title
        people = ", ".join(sorted({person for said in one.answers.values() for person in said}))
        about = textwrap.shorten(one.context, _SHORT, placeholder=" ...")
        words = {
            "en": f'{title["en"]}: {people} corrected the {one.field} of "{about}" differently',
            "zh": f"{title['zh']}：{people} 对“{about}”的 {one.field} 改法不一",
        }
        # Whoever joins in, or says something else, makes it news again.
        said = hashlib.sha256(repr((one.context, one.field, one.was, sorted(one.answers.items()))).encode())
        name = f"disagreement {agent} {said.hexdigest()[:16]}"
        yield Subject(name, "disagreement", words, f"/team/{agent}/learned", TUTORS, frozenset())


def _alarms(tx: Tx, since: datetime) -> Iterable[Subject]:
    a = alarms.c
    query = select(alarms).where(a.tenant_id == tx.tenant, a.raised_at >= since, a.cleared_at.is_(None))
    for row in tx.all(query.order_by(a.raised_at)):
        words = {
            "en": f"Target missed: {row.measure} is {row.value}, wanted {row.target}",
            "zh": f"未达目标：{row.measure} 为 {row.value}，目标 {row.target}",
        }
        name = f"alarm {row.measure} {row.raised_at:%Y-%m-%dT%H:%M}"
        yield Subject(name, "alarm", words, "/insight", OWNERS, frozenset())


def _digests(tx: Tx, since: datetime) -> Iterable[Subject]:
    d = digests.c
    query = select(d.kind, d.day).where(d.tenant_id == tx.tenant, d.at >= since)
    for row in tx.all(query.order_by(d.day)):
        daily = row.kind == "daily"
        words = {
            "en": f"{'The day' if daily else 'The week'}: digest of {row.day}",
            "zh": f"{'每日' if daily else '每周'}摘要：{row.day}",
        }
        path = f"/digest?kind={row.kind}&day={row.day}"
        yield Subject(f"digest {row.kind} {row.day}", "digest", words, path, OWNERS, frozenset())


def _both(name: str) -> tuple[str, str]:
    """(English, Chinese) of a name that may hold both, as "English · 中文"."""
    english, _, chinese = name.partition(" · ")
    return english, chinese or english


def meant(one: Subject, person: Any) -> bool:
    """Whether a subject asks this principal."""
    return person.id in one.users or any(person.holds(group) for group in one.groups)
