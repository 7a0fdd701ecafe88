"""Signing in by password and token, acting for another, confirming, policies, the page of rights, audit."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from fastapi import FastAPI

from mainspring.app import signing_in
from mainspring.app.house import House
from mainspring.govern import clients, identity, oidc
from mainspring.govern.clients import Client
from mainspring.govern.identity import Person
from mainspring.govern.principal import SYSTEM
from mainspring.testing.browser import Browser
from mainspring.testing.identity_provider import CLIENT_ID, CLIENT_SECRET, IdentityProvider

WORDS = "lantern gravel otter seven"
FORBID = """
@id("nobody-measures") @reason("Figures are under review")
forbid (principal, action == Action::"measure", resource);
"""


def program(house: House, **changes: Any) -> str:
    made = Client("shop", "service", "shop", "Shop (demo)", "owner", scopes=frozenset({"see"}))
    with house.store.write() as tx:
        clients.add(tx, made._replace(**changes), by=SYSTEM, now=house.clock())
        return clients.new_secret(tx, "shop", by=SYSTEM, now=house.clock())


def token(browser: Browser, secret: str, **form: str) -> Any:
    data = {"grant_type": "client_credentials", "client_id": "shop", "client_secret": secret, **form}
    return browser.post("/oauth/token", data=data)


def test_a_password_is_set_and_opens_a_session(
    signed_in: Callable[[str], Browser], application: FastAPI
) -> None:
    browser = signed_in("sales-1")
    assert browser.request("PUT", "/api/v1/me/password", json={"new": "short"}).status_code == 422
    assert browser.request("PUT", "/api/v1/me/password", json={"new": WORDS}).status_code == 200
    assert browser.get("/api/v1/me").status_code == 200, "the session that set it goes on"
    assert (
        browser.request("PUT", "/api/v1/me/password", json={"current": "x", "new": WORDS + "s"}).status_code
        == 422
    )
    other = Browser(application)
    wrong = other.post("/api/v1/session", json={"person": "sales-1", "password": "x"})
    unknown = other.post("/api/v1/session", json={"person": "nobody", "password": "x"})
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json() == unknown.json()
    assert other.post("/api/v1/session", json={"person": "sales-1", "password": WORDS}).status_code == 201
    assert other.get("/api/v1/me").json()["id"] == "sales-1"


def test_another_site_cannot_sign_anybody_in(application: FastAPI) -> None:
    browser = Browser(application)
    body = {"person": "owner", "password": WORDS}
    answer = browser.post("/api/v1/session", json=body, headers={"X-Mainspring": "0"})
    assert answer.status_code == 403


def test_a_program_works_with_a_token_within_its_scope_and_the_policies(
    house: House, stranger: Browser
) -> None:
    secret = program(house)
    made = token(stranger, secret).json()
    bearer = {"Authorization": f"Bearer {made['access_token']}"}
    assert (made["token_type"], made["scope"]) == ("Bearer", "see")
    assert stranger.get("/api/v1/me", headers=bearer).status_code == 403, "not its scope"
    assert stranger.get("/api/v1/instances", headers=bearer).status_code == 403, "no policy permits it"
    with house.store.write() as tx:
        clients.add(
            tx,
            Client("shop", "service", "shop", "Shop", "owner", scopes=frozenset({"self"})),
            by=SYSTEM,
            now=house.clock(),
        )
    again = {"Authorization": f"Bearer {token(stranger, secret).json()['access_token']}"}
    assert stranger.get("/api/v1/me", headers=again).json()["id"] == "shop"


def test_a_token_is_refused_when_it_is_none_or_for_another_service(house: House, stranger: Browser) -> None:
    secret = program(house, audiences=("mainspring", "https://elsewhere.example"), scopes=frozenset({"self"}))
    assert token(stranger, "guess").json() == {"error": "invalid_client"}
    assert token(stranger, secret, scope="see").json() == {"error": "invalid_scope"}
    assert token(stranger, secret, resource="https://bank.example").json() == {"error": "invalid_target"}
    elsewhere = token(stranger, secret, resource="https://elsewhere.example").json()["access_token"]
    for shown in (elsewhere, "mst_made-up", "", secret + "x"):
        headers = {"Authorization": f"Bearer {shown}"}
        assert stranger.get("/api/v1/me", headers=headers).status_code == 401


def test_the_browser_comes_back_from_an_identity_provider_signed_in(
    house: House, application: FastAPI
) -> None:
    with IdentityProvider() as provider:
        made = oidc.Provider("firm", "Firm", provider.issuer, CLIENT_ID, "oidc.firm", link_by_email=True)
        with house.store.write() as tx:
            house.outside.secrets.set(
                tx, "oidc.firm", CLIENT_SECRET, hosts=["127.0.0.1"], by="owner", now=house.clock()
            )
            oidc.put_provider(tx, made, by=SYSTEM, now=house.clock())
            owner = identity.person(tx, "owner")._replace(email=provider.email)
            identity.add_person(tx, owner, now=house.clock())
        browser = Browser(application)
        assert browser.get("/api/v1/sign-in/providers").json()["items"] == [{"id": "firm", "label": "Firm"}]
        started = browser.get("/sign-in/with/firm")
        back = provider.sent_back(started.headers["location"])
        stranger = Browser(application)
        assert stranger.get(back).headers["location"] == "/?sign-in=failed"
        assert "mainspring_session" not in stranger.cookies
        started = browser.get("/sign-in/with/firm")
        arrived = browser.get(provider.sent_back(started.headers["location"]))
        assert arrived.headers["location"] == "/"
        assert browser.get("/api/v1/me").json()["id"] == "owner"


def test_an_unknown_provider_leads_back_to_the_first_page(stranger: Browser) -> None:
    assert stranger.get("/sign-in/with/nobody").headers["location"] == "/?sign-in=failed"
    assert stranger.get("/sign-in/callback?state=x&code=y").headers["location"] == "/?sign-in=failed"
    assert signing_in.NETWORKS


def test_one_names_a_stand_in_who_then_acts_for_one(
    house: House, signed_in: Callable[[str], Browser]
) -> None:
    until = (house.clock() + timedelta(days=3)).isoformat()
    boss, clerk = signed_in("sales-manager-1"), signed_in("finance-1")
    lent = {"X-On-Behalf-Of": "sales-manager-1"}
    assert clerk.get("/api/v1/tasks", headers=lent).status_code == 403
    named = boss.post("/api/v1/stand-ins", json={"stand_in": "finance-1", "until": until})
    assert named.status_code == 201
    assert clerk.get("/api/v1/tasks", headers=lent).status_code == 200
    assert clerk.get("/api/v1/approvals", headers=lent).status_code == 200
    assert clerk.get("/api/v1/people", headers=lent).status_code == 403
    assert clerk.get("/api/v1/stand-ins").json()["by_me"][0]["person"] == "sales-manager-1"
    others = {"stand_in": "finance-1", "until": until, "person": "owner"}
    assert clerk.post("/api/v1/stand-ins", json=others).status_code == 403
    key = named.json()["key"]
    assert signed_in("sales-1").request("DELETE", f"/api/v1/stand-ins/{key}").status_code == 403
    assert boss.request("DELETE", f"/api/v1/stand-ins/{key}").status_code == 200
    assert clerk.get("/api/v1/tasks", headers=lent).status_code == 403


def test_a_stand_in_for_one_process_sees_no_other_in_the_other_s_place(
    house: House, signed_in: Callable[[str], Browser]
) -> None:
    until = (house.clock() + timedelta(days=3)).isoformat()
    body = {"stand_in": "finance-1", "until": until, "processes": ["credit_note"]}
    assert signed_in("owner").post("/api/v1/stand-ins", json=body).status_code == 201
    seen = signed_in("finance-1").get("/api/v1/processes", headers={"X-On-Behalf-Of": "owner"}).json()
    assert [one["id"] for one in seen["items"]] == ["credit_note"]


def test_nobody_gives_themselves_a_right(signed_in: Callable[[str], Browser]) -> None:
    owner = signed_in("owner")
    me = next(one for one in owner.get("/api/v1/people").json()["items"] if one["id"] == "owner")
    body = {name: me[name] for name in ("name", "email", "language", "groups", "department", "active")}
    grown = owner.request("PUT", "/api/v1/people/owner", json={**body, "roles": [*me["roles"], "approver"]})
    assert grown.status_code == 403
    assert (
        owner.request(
            "PUT", "/api/v1/people/owner", json={**body, "roles": me["roles"], "name": "New"}
        ).status_code
        == 200
    )
    assert (
        owner.request(
            "PUT", "/api/v1/people/ling", json={"name": "Ling (demo)", "roles": ["worker"]}
        ).status_code
        == 200
    )
    assert signed_in("ling").get("/api/v1/people").status_code == 403


def test_policies_of_the_company_are_put_in_force_and_hold_at_once(
    house: House, signed_in: Callable[[str], Browser]
) -> None:
    owner, clerk = signed_in("owner"), signed_in("sales-1")
    assert owner.get("/api/v1/measures").status_code == 200
    assert owner.post("/api/v1/policies/try", json={"text": "nonsense"}).status_code == 422
    everything = '@id("all") permit (principal, action, resource);'
    assert owner.post("/api/v1/policies/try", json={"text": everything}).status_code == 422
    assert owner.post("/api/v1/policies/try", json={"text": FORBID}).json() == {"done": True}
    own = FORBID.replace("nobody-measures", "owner-rests").replace(
        "(principal,", '(principal == Person::"owner",'
    )
    assert clerk.request("PUT", "/api/v1/policies", json={"text": own}).status_code == 403
    put = owner.request("PUT", "/api/v1/policies", json={"text": own})
    assert put.status_code == 200
    assert owner.get("/api/v1/measures").status_code == 403
    book = owner.get("/api/v1/policies").json()
    assert (book["version"], book["own"][0]["by"]) == (put.json()["version"], "owner")
    assert owner.request("PUT", "/api/v1/policies", json={"text": ""}).status_code == 200
    assert owner.get("/api/v1/measures").status_code == 200
    assert house.policies_number == 2


def test_the_page_of_rights_says_who_may_do_what_and_why(signed_in: Callable[[str], Browser]) -> None:
    page = signed_in("owner").get("/api/v1/who").json()
    by_id = {one["id"]: one for one in page["holders"]}
    assert {"owner", "sales-1", "order_clerk", "mainspring"} <= set(by_id)
    worker = next(one for one in by_id["sales-1"]["may"] if one["policy"] == "workers-use-services")
    assert "orders.create" in worker["on"]
    assert worker["reason"]
    assert not any(one["action"] == "manage_people" for one in by_id["sales-1"]["may"])
    assert page["ladder"]
    assert signed_in("sales-1").get("/api/v1/who").status_code == 403
    only = signed_in("owner").get("/api/v1/who?principal=sales-1").json()["holders"]
    assert [one["id"] for one in only] == ["sales-1"]


def test_an_auditor_reads_the_population_with_count_and_query(
    house: House, signed_in: Callable[[str], Browser]
) -> None:
    with house.store.write() as tx:
        auditor = Person("otto", "Otto (demo)", roles=frozenset({"auditor"}))
        identity.add_person(tx, auditor, now=house.clock())
    otto = signed_in("otto")
    found = otto.get("/api/v1/audit/acts?limit=2").json()
    assert found["count"] > 2
    assert "acts" in found["query"]
    assert len(found["items"]) == 2
    rest = otto.get(f"/api/v1/audit/acts?limit=500&after={found['next']}").json()
    assert len(rest["items"]) == found["count"] - 2
    assert otto.get("/api/v1/audit/secrets").status_code == 422
    assert otto.get("/api/v1/audit/acts?operation=x").status_code in {400, 422, 503}
    assert otto.get("/api/v1/audit/agreement").status_code == 409, "nothing is sealed yet"
    assert signed_in("sales-1").get("/api/v1/audit/acts").status_code == 403


def test_what_does_not_exist_is_neither_explained_nor_appealed_against(
    signed_in: Callable[[str], Browser],
) -> None:
    owner = signed_in("owner")
    assert owner.get("/api/v1/decisions/5/explanation").status_code == 404
    assert owner.post("/api/v1/appeals", json={"run": 5, "text": "I doubt it"}).status_code == 404
    assert owner.get("/api/v1/appeals").json() == {"items": []}
    assert owner.get("/api/v1/fairness").json()["items"] == []
    assert owner.get("/api/v1/fairness?by=shoe_size").status_code == 422
