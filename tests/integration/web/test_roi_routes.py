"""Return on investment over REST: what ships, a ledger tried, one put in force, and who may."""

from collections.abc import Callable

from mainspring.testing.browser import Browser

SignedIn = Callable[[str], Browser]
PATH = "/api/v1/roi"
OWN = """
currency: EUR
years: 2
scenes:
  - id: own
    title: {en: Own, zh: 自有}
    costs: [{item: team, amount: 100}]
    benefits: [{item: external_spend, quantities: {spend: 300}}]
"""


def test_the_ledger_that_ships_is_reckoned_with_its_assumptions_said(signed_in: SignedIn) -> None:
    found = signed_in("owner").get(PATH).json()
    assert found["ledger"] == 0
    lines = [line for scene in found["scenes"] for line in scene["benefits"]]
    assert not any(line["measured"] for line in lines)  # an empty house has measured nothing
    assert found["sensitivity"]


def test_a_ledger_is_tried_without_being_kept_and_then_put_in_force(signed_in: SignedIn) -> None:
    owner = signed_in("owner")
    assert owner.post(f"{PATH}/tries", json={"text": OWN}).json()["actual"]["roi"] == 2
    assert owner.get(f"{PATH}/ledger").json()["number"] == 0
    kept = owner.request("PUT", f"{PATH}/ledger", json={"text": OWN}).json()
    assert (kept["number"], kept["by"]) == (1, "owner")
    assert owner.get(PATH).json()["actual"]["output"] == 300


def test_a_ledger_that_does_not_fit_is_refused_with_its_place(signed_in: SignedIn) -> None:
    owner = signed_in("owner")
    refused = owner.request("PUT", f"{PATH}/ledger", json={"text": OWN.replace("team", "tea")})
    assert refused.status_code == 422
    assert "scenes.0.costs.0" in refused.json()["where"]
    assert owner.get(f"{PATH}/ledger").json()["number"] == 0


def test_who_only_works_in_processes_puts_no_ledger(signed_in: SignedIn) -> None:
    assert signed_in("sales-1").request("PUT", f"{PATH}/ledger", json={"text": OWN}).status_code == 403
