"""Personal fields are hidden from those whom the policies do not let see them."""

import pytest

from mainspring.govern.masking import HIDDEN, Masker, default_names, spelled
from mainspring.govern.policies import Policies, default_policies
from mainspring.govern.principal import Principal

VALUE = {
    "total": 12,
    "email": "wei@example.org",
    "contactName": "Wei",
    "lines": [{"text": "lamp", "phone": None, "iban": "DE00"}],
}


def seen(role: str, *, asked: bool = False, policies: Policies | None = None) -> object:
    who = Principal("person", "x", frozenset({role}))
    return Masker(policies or default_policies(), who, default_names(), asked=asked).value(VALUE)


def test_who_works_with_customers_sees_all() -> None:
    assert seen("worker") == VALUE


def test_others_see_that_there_is_a_value_and_not_which() -> None:
    assert seen("process_analyst") == {
        "total": 12,
        "email": HIDDEN,
        "contactName": HIDDEN,
        "lines": [{"text": "lamp", "phone": None, "iban": HIDDEN}],
    }


def test_whoever_a_task_asks_sees_what_it_is_about() -> None:
    assert seen("process_analyst", asked=True) == VALUE


def test_a_company_hides_a_field_of_a_process_by_a_policy_of_its_own() -> None:
    own = """
    @id("no-totals") @reason("Margins are confidential")
    forbid (principal, action == Action::"see_field", resource) when { resource.name == "total" };
    """
    policies = default_policies(extra=own)
    assert isinstance(hidden := seen("worker", policies=policies), dict)
    assert hidden["total"] == HIDDEN


@pytest.mark.parametrize(
    ("name", "plain"),
    [("email", "email"), ("contactName", "contact_name"), ("IBAN", "iban"), ("bank_account", "bank_account")],
)
def test_a_name_is_the_same_however_it_is_written(name: str, plain: str) -> None:
    assert spelled(name) == plain
