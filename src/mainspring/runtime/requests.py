"""Idempotency: a request that was answered once is answered from the log ever after."""

from typing import Any, NamedTuple

from sqlalchemy import select

from mainspring.base import jsonio
from mainspring.engine import CommandRejected, decode
from mainspring.runtime.session import Session
from mainspring.runtime.tables import requests
from mainspring.store import Tx, happenings
from mainspring.store.log import read_stream


class Answered(NamedTuple):
    """The answer to an earlier request: events first to last of an instance."""

    instance: int
    first_seq: int
    last_seq: int

    def events(self, tx: Tx) -> list[Any]:
        """The events, from the log."""
        count = self.last_seq - self.first_seq + 1
        if count <= 0:
            return []
        entries = read_stream(tx, self.instance, self.first_seq - 1, count)
        return [
            decode(entry.type, jsonio.loads(entry.body))
            for entry in entries
            if entry.type not in happenings.NAMES
        ]


def answered(tx: Tx, idempotency_key: str | None, command: str) -> Answered | None:
    """The answer to the request of that key, or None when it is new.

    Raises:
        CommandRejected: the key was used for another kind of command.
    """
    if idempotency_key is None:
        return None
    row = tx.one(
        select(requests).where(
            requests.c.tenant_id == tx.tenant, requests.c.idempotency_key == idempotency_key
        )
    )
    if row is None:
        return None
    if row.command != command:
        raise CommandRejected(
            f"the idempotency key '{idempotency_key}' was used for {row.command}",
            mend="Use a new key for every request.",
        )
    return Answered(int(row.instance), int(row.first_seq), int(row.last_seq))


def remember(session: Session, key: str | None, command: str, instance: int, first: int, last: int) -> None:
    """Keep the answer under the key, in the transaction of the command."""
    if key is not None:
        row = {
            "idempotency_key": key,
            "command": command,
            "instance": instance,
            "first_seq": first,
            "last_seq": last,
            "at": session.now(),
        }
        session.tx.insert(requests, row)
