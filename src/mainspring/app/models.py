"""The language models of a house: profiles from a file that an administrator keeps beside the database.

Nobody can add a model from within: where prompts go is decided by who looks after the machine.
"""

import hashlib
import stat
from collections.abc import Callable, Mapping
from typing import Any

from mainspring.agents.learning import Learning, similar
from mainspring.agents.looking_up import Row
from mainspring.agents.models import Drafter, Profile, embeddings
from mainspring.agents.models import profile as profiles
from mainspring.agents.models.errors import ProfileError
from mainspring.agents.models.prompt import Similar
from mainspring.agents.skills.classify import Vectors
from mainspring.agents.thinking import Remember
from mainspring.app.errors import SetUpError
from mainspring.app.outside import Outside, beside, keys_of
from mainspring.base import jsonio
from mainspring.services.sheets import filling
from mainspring.store import Store, Tx
from mainspring.store.keys import Clock, Keys

ENDING, ELSEWHERE = ".models.yaml", "models.yaml"


def profiles_of(store: Store) -> Mapping[str, Profile]:
    """The profiles by name; none where there is no file.

    Raises:
        SetUpError: others may change the file, or it cannot be read.
        ProfileError: a profile is wrong.
    """
    file = beside(store, ENDING, ELSEWHERE)
    if file is None or not file.is_file():
        return {}
    if file.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        mend = f"Run chmod go-w {file.name}."
        raise SetUpError("others may change where prompts go", where=str(file), mend=mend)
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SetUpError("the file cannot be read", where=str(file)) from error
    return profiles.read(text, str(file))


def drafter(
    store: Store, outside: Outside, known: Mapping[str, Profile], clock: Clock, keys: Keys
) -> Drafter:
    """Who asks the models of a house; stand-ins are keyed with what is derived from its secrets' key."""
    return Drafter(store, outside.egress, known, clock, keys, _stand_ins(store))


def embedder(store: Store, outside: Outside, known: Mapping[str, Profile], name: str) -> Vectors:
    """What compares texts by the vectors of a profile's endpoint.

    Raises:
        ProfileError: there is no such profile.
    """
    if name not in known:
        told = ", ".join(sorted(known)) or "none"
        raise ProfileError(f"there is no profile {name!r}", where="models", mend=f"There are: {told}.")
    return embeddings.embedder(outside.egress, known[name], _stand_ins(store))


def _stand_ins(store: Store) -> bytes:
    ring = keys_of(store)
    return hashlib.sha256(b"stand-ins" + ring.find(ring.current)).digest()


def rows_of(tx: Tx, table: str) -> list[Row]:
    """The rows of a table of the firm, for whoever may look things up in it."""
    return [(row.row, row.cells) for row in filling.rows_of(tx, table)]


def remembering(keys: Keys, agent: str, *, leave_out: Callable[[int], bool] = lambda _: False) -> Remember:
    """Corrections of like cases, as examples for a model; `leave_out` those that it is tested on, by key."""

    def remember(tx: Tx, skill: str, variables: Mapping[str, Any]) -> list[Similar]:
        known = [one for one in Learning(keys).known(tx, agent, skill) if not leave_out(one.key)]
        said = jsonio.dumps(dict(variables)).decode()
        return [Similar(one.draft, one.answer) for one in similar(known, said)]

    return remember
