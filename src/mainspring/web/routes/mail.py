"""The mailbox and the watched folder: connecting, looking, fetching."""

from typing import Annotated

from fastapi import APIRouter

from mainspring.app import folder
from mainspring.app.mail import account, listed
from mainspring.app.mail.room import Mailroom
from mainspring.web.access import Visitor, permits
from mainspring.web.answers import Answer
from mainspring.web.given import given
from mainspring.web.routes.parts import Key
from mainspring.web.shapes.mail import Fetched, FolderShape, Letters, MailStanding

router = APIRouter(tags=["mail"])
Keeper = Annotated[Visitor, permits("manage_services")]


@router.get("/mail", response_model=MailStanding)
def standing(visitor: Keeper) -> Answer:
    """The mailbox in use and how it stands."""
    return Answer(_told(account.standing(visitor.house)))


@router.put("/mail", response_model=MailStanding)
def connect(visitor: Keeper, body: Annotated[account.Account, given(account.Account)]) -> Answer:
    """Connect a mailbox: sign in to its servers, keep its password as a secret, use it from now on."""
    account.connect(visitor.house, body, visitor.principal)
    return Answer(_told(account.standing(visitor.house)))


@router.post("/mail/check", response_model=MailStanding)
def check(visitor: Keeper) -> Answer:
    """Sign in to the servers of the mailbox, and say how it stands."""
    return Answer(_told(account.check(visitor.house)))


@router.post("/mail/fetch", response_model=Fetched)
def fetch(visitor: Keeper) -> Answer:
    """Take in what is new, now."""
    return Answer(Mailroom(visitor.house).now()._asdict())


@router.get("/mail/letters", response_model=Letters)
def letters(visitor: Keeper, outcome: str = "") -> Answer:
    """The newest letters, in and out; `outcome` for those of one outcome, such as problem."""
    with visitor.house.store.read() as tx:
        return Answer({"items": listed.newest(tx, outcome)})


@router.get("/mail/cases/{key}", response_model=Letters)
def of_case(visitor: Annotated[Visitor, permits("see")], key: Key) -> Answer:
    """The letters of a case, in and out, for those who may see it."""
    with visitor.house.store.read() as tx:
        process, found = listed.of_case(tx, key)
    visitor.demand("see", process)
    return Answer({"items": found})


@router.get("/folder", response_model=FolderShape)
def watched(visitor: Keeper) -> Answer:
    """The watched folder and what it gave lately."""
    return Answer(listed.folder(visitor.house))


@router.put("/folder", response_model=FolderShape)
def watch(visitor: Keeper, body: Annotated[folder.Watched, given(folder.Watched)]) -> Answer:
    """Watch a folder that an administrator opened, or `inbox` beside the database; "" for none."""
    folder.watch(visitor.house, body.folder, visitor.principal)
    return Answer(listed.folder(visitor.house))


def _told(one: account.Standing) -> dict[str, object]:
    return one._asdict() | {"settings": one.settings.model_dump()}
