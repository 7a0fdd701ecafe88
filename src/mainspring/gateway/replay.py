"""The stage of idempotency: the same key and arguments get the same answer, and nothing happens twice.

A call that leaves the house lays its key down before it leaves. A second call of that key finds it under way.
When the outcome is not known (a crash, no answer), the key stays: it may be used again only where a second
attempt does no harm.
"""

from typing import Any

from pydantic import BaseModel
from sqlalchemy import delete, select, update

from mainspring.base.errors import MainspringError
from mainspring.gateway.call import Call, Proceed
from mainspring.gateway.document import read_back, written
from mainspring.gateway.errors import InDoubt, ReplayConflict, UnderWay, UpstreamUnavailable
from mainspring.gateway.outgoing import LONGEST, OutsideOperation
from mainspring.govern.tables import replies

_NOT_YET = b""
"""The reply of a call that is under way."""


def replay(call: Call, proceed: Proceed) -> BaseModel:
    """Give the kept answer, or proceed and keep the answer in the same transaction.

    Raises:
        ReplayConflict: the key stands for other arguments.
        UnderWay: a call of this key has not ended.
        InDoubt: a call of this key was cut off, and may not be made again.
    """
    key = call.caller.idempotency_key
    if key is None or call.effect == "read":
        return proceed(call)
    kept = call.tx.one(select(replies).where(*_mine(call)))
    if kept is None:
        if isinstance(call.operation, OutsideOperation):
            _insert(call, _NOT_YET)
            return _sent(call, call.operation, proceed)
        result = proceed(call)
        _insert(call, written(result))
        return result
    if kept.digest != call.json_digest:
        raise ReplayConflict(
            f"the idempotency key {key} was used with other arguments", where=call.name, mend="Use a new key."
        )
    if bytes(kept.reply) == _NOT_YET and isinstance(call.operation, OutsideOperation):
        _may_repeat(call, call.operation, kept)
        call.tx.execute(update(replies).where(*_mine(call)).values(at=call.at))
        return _sent(call, call.operation, proceed)
    call.retry = True
    return read_back(call.operation.output, bytes(kept.reply))


def _sent(call: Call, operation: OutsideOperation, proceed: Proceed) -> BaseModel:
    try:
        result = proceed(call)
    except BaseException as error:
        unknown = error.unknown if isinstance(error, UpstreamUnavailable) else not _told(error)
        if operation.repeatable or not unknown or not _left(call):
            call.tx.execute(delete(replies).where(*_mine(call)))
        raise
    call.tx.execute(update(replies).where(*_mine(call)).values(reply=written(result)))
    return result


def _may_repeat(call: Call, operation: OutsideOperation, kept: Any) -> None:
    if call.at - kept.at < LONGEST:
        raise UnderWay("the same call is under way", where=call.name, mend="Ask again for its answer.")
    if not operation.repeatable:
        raise InDoubt(
            "the same call was made before and its outcome is not known",
            where=call.name,
            mend="Look in the service whether it took effect; if not, call with a new key.",
        )


def _insert(call: Call, reply: bytes) -> None:
    row = {
        "operation": call.name,
        "caller": _who(call),
        "idempotency_key": call.caller.idempotency_key,
        "digest": call.json_digest,
        "reply": reply,
        "at": call.at,
    }
    call.tx.insert(replies, row)


def _mine(call: Call) -> tuple[Any, ...]:
    c = replies.c
    return (
        c.tenant_id == call.tx.tenant,
        c.operation == call.name,
        c.caller == _who(call),
        c.idempotency_key == call.caller.idempotency_key,
    )


def _told(error: BaseException) -> bool:
    """Whether the error is an answer: what is no error of ours may have come in the middle of things."""
    return isinstance(error, MainspringError)


def _left(call: Call) -> bool:
    return call.session is not None and call.session.left


def _who(call: Call) -> str:
    return f"{call.caller.principal.kind}:{call.caller.principal.id}"
