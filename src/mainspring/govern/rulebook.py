"""The company's own policies: kept as versions, put in force only when they are valid and their tests pass.

What ships (core.cedar and a pack's policies) always stands; a company's text is added to it, so that it can
permit more or forbid, but never lift a forbid. Each version, its tests and who put it in force stay; the act
is a leaf of the evidence.
"""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from mainspring.govern import acts, policy_tests
from mainspring.govern.policies import Policies, default_text
from mainspring.govern.principal import Principal
from mainspring.govern.tables import policy_versions
from mainspring.store import Tx

Build = Callable[[str], Policies]
"""Makes policies of what ships and a company's own text."""


class Version(NamedTuple):
    """A version of the company's own policies; `digest` is that of all policies as they then were."""

    number: int
    at: datetime
    by: str
    text: str
    tests: str
    digest: str


def in_force(tx: Tx) -> Version | None:
    """The newest version, or None when the company has none of its own."""
    table = policy_versions
    row = tx.one(select(table).where(table.c.tenant_id == tx.tenant).order_by(table.c.number.desc()).limit(1))
    return None if row is None else Version(row.number, row.at, row.person, row.text, row.tests, row.digest)


def versions(tx: Tx) -> list[Version]:
    """All versions, the oldest first."""
    table = policy_versions
    rows = tx.all(select(table).where(table.c.tenant_id == tx.tenant).order_by(table.c.number))
    return [Version(row.number, row.at, row.person, row.text, row.tests, row.digest) for row in rows]


def newest(tx: Tx) -> int:
    """The number of the newest version, 0 when there is none."""
    table = policy_versions
    query = select(table.c.number).where(table.c.tenant_id == tx.tenant)
    return int(tx.scalar(query.order_by(table.c.number.desc()).limit(1)) or 0)


def tried(text: str, tests: str, build: Build, shipped_tests: str = "") -> Policies:
    """The policies with this text, after all tests: those that ship, the pack's, and those given.

    Raises:
        PolicyError: the text does not fit, or a test is answered otherwise than expected.
    """
    built = build(text)
    for name, cases in (
        ("policy_tests.yaml", default_text("policy_tests.yaml")),
        ("the pack's policy tests", shipped_tests),
        ("the tests given", tests),
    ):
        if cases.strip():
            policy_tests.demand(built, cases, name)
    return built


def put(
    tx: Tx,
    text: str,
    tests: str,
    *,
    by: Principal,
    now: datetime,
    build: Build,
    shipped_tests: str = "",
) -> tuple[Version, Policies]:
    """Keep a new version; the caller puts the policies in force once the transaction is durable.

    Raises:
        PolicyError: as `tried`; nothing was kept.
    """
    built = tried(text, tests, build, shipped_tests)
    made = Version(newest(tx) + 1, now, by.id, text, tests, built.version)
    row = {**made._asdict(), "person": made.by}
    del row["by"]
    tx.insert(policy_versions, row)
    detail = {"number": made.number, "digest": made.digest, "text": text, "tests": tests}
    acts.note(tx, "policies_put", by, f"version {made.number}", now=now, detail=detail)
    return made, built
