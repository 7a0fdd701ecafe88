"""Skills over REST: two versions compared, a letter in both languages, a bill read; nobody from outside."""

from collections.abc import Callable

from mainspring.testing.browser import Browser

SignedIn = Callable[[str], Browser]
PATH = "/api/v1/skills"
TEMPLATE = """
id: demo-reply
version: 1
title: {en: Reply, zh: 回函}
text:
  en: "Dear {{ name }}, we deliver on {{ day | date }}."
  zh: "{{ name }}：我们将于{{ day | date }}发货。"
"""


def test_two_versions_are_compared_with_what_matters_first(signed_in: SignedIn) -> None:
    old = "1. Delivery within 10 days.\n2. The buyer pays in 30 days."
    new = "1. Delivery within 20 days.\n2. The buyer pays in 30 days."
    files = {"old": ("v1.txt", old, "text/plain"), "new": ("v2.txt", new, "text/plain")}
    found = signed_in("owner").post(f"{PATH}/compare", files=files).json()
    assert found["same"] is False
    (change,) = found["changes"]
    assert (change["kind"], change["clause"]) == ("changed", "1.")
    assert change["matters"]


def test_a_letter_is_written_in_both_languages_and_names_its_gaps(signed_in: SignedIn) -> None:
    body = {"template": TEMPLATE, "values": {"name": "Demo"}}
    found = signed_in("owner").post(f"{PATH}/draft", json=body).json()
    assert found["en"]["text"].startswith("Dear Demo, we deliver on [day?]")
    assert found["zh"]["text"].startswith("Demo：")
    assert found["en"]["missing"] == found["zh"]["missing"]
    assert len(found["en"]["missing"]) == 1


def test_a_template_that_is_wrong_says_where(signed_in: SignedIn) -> None:
    answer = signed_in("owner").post(f"{PATH}/draft", json={"template": "id: {{"})
    assert answer.status_code == 400
    assert "template" in answer.json()["where"]


def test_a_bill_is_read_value_by_value(signed_in: SignedIn) -> None:
    text = (
        "Demo Hinges Ltd.\nInvoice no. 4711\nDate 2026-03-04\nNet 10.00 EUR\nVAT 1.90 EUR\nTotal 11.90 EUR\n"
    )
    files = {"document": ("bill.txt", text, "text/plain")}
    found = signed_in("owner").post(f"{PATH}/bills", files=files).json()
    assert found["number"]["value"] == "4711"
    assert (found["total"]["value"], found["currency"]["value"]) == (11.9, "EUR")
    assert found["date"]["value"] == "2026-03-04"


def test_a_document_that_is_none_is_refused_with_the_reason(signed_in: SignedIn) -> None:
    files = {"document": ("bill.pdf", b"%PDF-broken", "application/pdf")}
    answer = signed_in("owner").post(f"{PATH}/bills", files=files)
    assert answer.status_code < 500
    said = answer.json()
    assert said.get("message") or said["doubts"]


def test_who_is_not_signed_in_uses_no_skill(stranger: Browser) -> None:
    assert stranger.post(f"{PATH}/draft", json={"template": TEMPLATE}).status_code == 401
