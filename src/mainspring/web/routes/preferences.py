"""What I keep with the house for myself: saved filters and the like."""

from typing import Annotated, Any

from fastapi import APIRouter, Path

from mainspring.govern import preferences
from mainspring.web.access import SELF, Visitor, permits
from mainspring.web.answers import Answer
from mainspring.web.given import Given, given
from mainspring.web.shapes.lists import Preferences

router = APIRouter(prefix="/me/preferences", tags=["people"])
Name = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_.-]{0,63}$")]
Mine = Annotated[Visitor, permits(SELF)]


class GivenPreference(Given):
    """What to keep; null takes it away."""

    value: Any = None


@router.get("", response_model=Preferences)
def kept(visitor: Mine) -> Answer:
    """All that I keep here, by name."""
    with visitor.house.store.read() as tx:
        return Answer({"values": preferences.kept(tx, visitor.principal.id)})


@router.put("/{name}", response_model=Preferences)
def keep(visitor: Mine, name: Name, body: Annotated[GivenPreference, given(GivenPreference)]) -> Answer:
    """Keep a value in place of an earlier one of that name; answers all that I keep."""
    house, me = visitor.house, visitor.principal.id
    with house.store.write() as tx:
        preferences.keep(tx, me, name, body.value, now=house.clock())
        return Answer({"values": preferences.kept(tx, me)})
