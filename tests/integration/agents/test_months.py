"""A digital employee month by month: who works with it, who comes back, what its work alone brought."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from mainspring.app.employee_months import active, months
from mainspring.insight.costs import CostTable

COSTS = CostTable(hourly_rate=Decimal(30), minutes=Decimal(10))


def told(office: Any, until: datetime) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = office.read(lambda tx: months(tx, office.agent, until, COSTS))
    return found


def a_month_later(office: Any) -> None:
    office.clock.advance(31 * 24 * 3600)


def asked(office: Any, *people: str) -> None:
    """One note for each of them, which they answer."""
    for person in people:
        office.note("bill", 0.5)
        office.work()
        office.review(person)


def test_people_are_counted_once_a_month_and_those_who_come_back(office: Any) -> None:
    asked(office, "ann", "bob", "ann")
    first = office.clock()
    a_month_later(office)
    asked(office, "ann")
    assert [(one["users"], one["retained"]) for one in told(office, office.clock())] == [(2, None), (1, 0.5)]
    assert [one["users"] for one in told(office, first)] == [2]
    assert office.read(lambda tx: active(tx, "sorter", office.clock())) == {"week": 1, "month": 1}
    assert office.read(lambda tx: active(tx, "sorter", first + timedelta(seconds=1))) == {
        "week": 2,
        "month": 2,
    }


def test_what_it_brought_is_the_time_of_jobs_in_which_nobody_was_asked(office: Any) -> None:
    asked(office, "ann")
    for _ in range(3):
        office.note("bill", 0.99, process="file")
    office.work()
    (month,) = told(office, office.clock())
    assert (month["done"], month["brought"]) == (4, Decimal("15.00"))
    assert month["month"] == office.clock().date().replace(day=1)


def test_an_employee_that_never_worked_has_no_months(office: Any) -> None:
    assert told(office, datetime(2026, 3, 31, 23, tzinfo=UTC)) == []
