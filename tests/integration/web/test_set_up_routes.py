"""The set-up guide over HTTP: the company is kept and customers see it, people are read from a list."""

import base64
from collections.abc import Callable

from mainspring.app.customer.firm import firm, logo
from mainspring.app.house import House
from mainspring.engine.events import SYSTEM
from mainspring.testing.browser import Browser

SignIn = Callable[[str], Browser]
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(20)
COMPANY = {"name": "Example Ltd", "language": "zh", "currency": "CNY", "logo": ""}


def data_address(content: bytes, kind: str = "image/png") -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def test_the_company_that_is_kept_is_the_firm_that_customers_see(signed_in: SignIn, house: House) -> None:
    owner = signed_in("owner")
    assert owner.get("/api/v1/company").json()["number"] == 0
    answer = owner.request("PUT", "/api/v1/company", json=COMPANY | {"logo": data_address(PICTURE)})
    assert (answer.status_code, answer.json()["number"]) == (200, 1)
    with house.store.read() as tx:
        assert (firm(tx), logo(tx)) == (("Example Ltd", True), (PICTURE, "image/png"))
    assert owner.get("/offer/logo").content == PICTURE


def test_keeping_the_same_again_makes_no_new_version(signed_in: SignIn) -> None:
    owner = signed_in("owner")
    for _ in range(2):
        assert owner.request("PUT", "/api/v1/company", json=COMPANY).json()["number"] == 1


def test_a_logo_that_is_no_picture_is_refused_and_nothing_is_kept(signed_in: SignIn) -> None:
    owner = signed_in("owner")
    for wrong in (
        data_address(b"<svg/>"),
        data_address(b"<svg/>", "image/svg+xml"),
        "https://a.example/l.png",
    ):
        assert owner.request("PUT", "/api/v1/company", json=COMPANY | {"logo": wrong}).status_code in {
            409,
            422,
        }
    assert owner.get("/api/v1/company").json()["number"] == 0


def test_people_are_read_from_a_list_with_what_does_not_fit(signed_in: SignIn) -> None:
    content = (
        "Staff\n姓名,邮箱,角色\nAda,ada@a.example,经理\nBo,,\n,c@a.example,员工\nDi,di@a.example,pilot\n"
    )
    answer = signed_in("owner").post(
        "/api/v1/company/people", files={"document": ("people.csv", content.encode())}
    )
    assert answer.status_code == 200, answer.text
    assert [(one["id"], one["role"], one["problem"]) for one in answer.json()["items"]] == [
        ("ada", "approver", ""),
        ("", "worker", "id"),
        ("c", "worker", "name"),
        ("di", "", "role"),
    ]


def test_who_does_not_look_after_people_may_see_the_company_and_not_change_it(signed_in: SignIn) -> None:
    worker = signed_in("sales-1")
    assert worker.get("/api/v1/company").status_code == 200
    assert worker.request("PUT", "/api/v1/company", json=COMPANY).status_code == 403


def test_a_house_in_which_nothing_happened_begins_with_the_guide(signed_in: SignIn, house: House) -> None:
    owner = signed_in("owner")
    assert owner.get("/api/v1/company").json()["first_run"] is True
    assert owner.request("PUT", "/api/v1/company", json=COMPANY).json()["first_run"] is False


def test_a_house_with_cases_does_not(signed_in: SignIn, house: House) -> None:
    house.runtime.start("unreadable_rows", {"problems": []}, actor=SYSTEM, business_key="file-1")
    assert signed_in("owner").get("/api/v1/company").json()["first_run"] is False
