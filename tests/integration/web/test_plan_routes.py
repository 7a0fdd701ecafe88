"""The plan over REST: what ships, the template filled in and put back, weights, and who may."""

from collections.abc import Callable

from mainspring.insight.plan import Landscape, Node, workbook
from mainspring.testing.browser import Browser

SignedIn = Callable[[str], Browser]
PATH = "/api/v1/plan"
OWN = workbook.template(Landscape(nodes=(Node(l3="Lead to cash", pain="too slow"),)), "zh")


def test_the_plan_that_ships_takes_genes_from_the_models_and_claims_nothing_unmeasured(
    signed_in: SignedIn,
) -> None:
    found = signed_in("owner").get(PATH).json()
    understood = next(one["node"] for one in found["nodes"] if one["node"]["activity"] == "understand")
    assert understood["role"] == "inquiry clerk · 询价专员"
    assert understood["tools"]
    assert {one["level"] for one in found["autonomy"]} == {0}
    assert all(step["now"] is None for step in found["steps"])


def test_the_template_comes_back_as_the_plan_in_force(signed_in: SignedIn) -> None:
    owner = signed_in("owner")
    shipped = owner.get(f"{PATH}/template?language=zh").content
    assert len(workbook.read(shipped, "plan.xlsx").nodes) == len(owner.get(PATH).json()["nodes"])
    kept = owner.post(PATH, files={"document": ("plan.xlsx", OWN)})
    assert (kept.status_code, kept.json()) == (201, {"number": 1, "rows": 1})
    assert owner.get(PATH).json()["nodes"][0]["title"] == "too slow"


def test_other_weights_are_a_new_version_of_the_plan(signed_in: SignedIn) -> None:
    owner = signed_in("owner")
    assert owner.request("PUT", f"{PATH}/weights", json={"revenue": 3}).json()["number"] == 1
    assert owner.get(PATH).json()["weights"]["revenue"] == 3
    nothing = dict.fromkeys(("revenue", "cost", "experience"), 0)
    assert owner.request("PUT", f"{PATH}/weights", json=nothing).status_code == 422


def test_who_only_works_in_processes_puts_no_plan(signed_in: SignedIn) -> None:
    refused = signed_in("sales-1").post(PATH, files={"document": ("plan.xlsx", OWN)})
    assert refused.status_code == 403
