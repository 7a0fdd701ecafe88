"""Who may do what: the one page, the policies and their versions."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from mainspring.app import rights
from mainspring.govern import rulebook
from mainspring.govern.policies import default_text
from mainspring.web.access import Visitor, permits
from mainspring.web.answers import Answer
from mainspring.web.given import Given, given
from mainspring.web.shapes.rights import Done, PolicyPut, Rulebook, Who

router = APIRouter(tags=["rights"])
LONGEST = 200_000


class Policies(Given):
    """The company's own policies in Cedar, and their tests in YAML; both replace what was there."""

    text: str = Field(max_length=LONGEST)
    tests: str = Field(default="", max_length=LONGEST)


@router.get("/who", response_model=Who)
def who(visitor: Annotated[Visitor, permits("see_rights")], principal: str | None = None) -> Answer:
    """Who may do what and why; `principal` asks for one."""
    with visitor.house.store.read() as tx:
        return Answer(rights.shown(visitor.house, tx, principal))


@router.get("/policies", response_model=Rulebook)
def policies(visitor: Annotated[Visitor, permits("see_rights")]) -> Answer:
    """The policies in force: those that ship, the pack's, and all versions of the company's own."""
    house = visitor.house
    with house.store.read() as tx:
        own = [one._asdict() for one in rulebook.versions(tx)]
    shipped = f"{default_text('core.cedar')}\n{house.pack.policies}"
    return Answer({"version": house.policies.version, "shipped": shipped, "own": own})


@router.post("/policies/try", response_model=Done)
def attempt(
    visitor: Annotated[Visitor, permits("manage_policies")], given_: Annotated[Policies, given(Policies)]
) -> Answer:
    """Check policies and run all tests, without putting them in force."""
    rulebook.tried(given_.text, given_.tests, visitor.house.rules, visitor.house.pack.policy_tests)
    return Answer({"done": True})


@router.put("/policies", response_model=PolicyPut)
def put(
    visitor: Annotated[Visitor, permits("manage_policies")], given_: Annotated[Policies, given(Policies)]
) -> Answer:
    """Put the company's own policies in force, once they are valid and all tests pass."""
    house = visitor.house
    with house.store.write() as tx:
        made, _ = rulebook.put(
            tx,
            given_.text,
            given_.tests,
            by=visitor.principal,
            now=house.clock(),
            build=house.rules,
            shipped_tests=house.pack.policy_tests,
        )
    house.refresh_policies()
    return Answer({"number": made.number, "version": made.digest})
