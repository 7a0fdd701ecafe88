"""The catalogue of operations keeps its promises, whatever is added to it."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import ValidationError

from mainspring.services import Operation, operations
from mainspring.services.customers import fold, fold_name
from mainspring.services.payments import StatementEntry
from mainspring.services.quotes import Confirmation

OPERATIONS = {operation.name: operation for operation in operations()}
MONEY = {
    "quotes.confirm",
    "invoices.issue",
    "credit_notes.issue",
    "refunds.approve",
    "write_offs.book",
    "purchase.order",
    "purchase.accept",
}


def test_no_two_operations_have_the_same_name() -> None:
    assert len(OPERATIONS) == len(operations())


@pytest.mark.parametrize("operation", operations(), ids=lambda operation: operation.name)
def test_an_operation_says_what_it_is_in_both_languages_and_forbids_unknown_fields(
    operation: Operation,
) -> None:
    assert re.fullmatch(r"[a-z_]+\.[a-z_]+", operation.name)
    assert operation.title["en"]
    assert re.search(r"[\u4e00-\u9fff]", operation.title["zh"])
    assert operation.input.model_config.get("extra") == "forbid"
    assert operation.input.model_config.get("frozen") is True


def test_exactly_what_gives_money_away_or_commits_to_a_price_is_money() -> None:
    assert {name for name, operation in OPERATIONS.items() if operation.effect == "money"} == MONEY


@pytest.mark.parametrize("name", sorted(MONEY))
def test_a_money_operation_names_its_amount_and_who_gets_it(name: str) -> None:
    operation = OPERATIONS[name]
    given = operation.input.model_construct(total=Decimal("12.5"), customer_id="K1", supplier_id="K1")
    assert operation.amount(given) == Decimal("12.5")
    assert operation.counterparty(given) == "K1"


def test_reads_are_idempotent_and_only_reads_are_cacheable() -> None:
    for operation in operations():
        assert operation.idempotent or operation.effect != "read", operation.name
        assert operation.effect == "read" or not operation.cacheable, operation.name


@pytest.mark.parametrize("total", ["NaN", "Infinity", "1.23456"])
def test_an_amount_that_is_no_amount_is_refused(total: str) -> None:
    with pytest.raises(ValidationError):
        Confirmation.model_validate(
            {"quote_no": "Q-1", "customer_id": "K", "currency": "EUR", "total": total}
        )


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValidationError, match="timezone"):
        StatementEntry.model_validate(
            {"statement": "S", "entry": 1, "booked_at": "2026-01-01T00:00:00", "currency": "EUR", "amount": 1}
        )


def test_names_are_compared_without_case_width_and_punctuation() -> None:
    assert fold_name("Demo  Fasteners, Co. Ltd.") == fold_name("ＤＥＭＯ fasteners co ltd")
    assert fold("tax_id", "de 123.456-7") == "DE1234567"
    assert fold("email", " Buyer@Example.COM ") == "buyer@example.com"


def test_the_page_on_business_systems_names_every_operation_with_its_effect() -> None:
    page = (Path(__file__).resolve().parents[3] / "docs" / "services.md").read_text("utf-8")
    table = [row.split("|") for row in page.splitlines() if row.startswith("| `")]
    rows = {(cells[1].strip(" `"), cells[4].strip()) for cells in table}
    assert {(operation.name, operation.effect) for operation in operations()} == rows
