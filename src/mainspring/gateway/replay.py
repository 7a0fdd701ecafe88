"""The stage of idempotency: the same key and arguments get the same answer, and nothing happens twice."""

from pydantic import BaseModel
from sqlalchemy import select

from mainspring.gateway.call import Call, Proceed
from mainspring.gateway.errors import ReplayConflict
from mainspring.govern.tables import replies


def replay(call: Call, proceed: Proceed) -> BaseModel:
    """Give the kept answer, or proceed and keep the answer in the same transaction.

    Raises:
        ReplayConflict: the key stands for other arguments.
    """
    key = call.caller.idempotency_key
    if key is None or call.effect == "read":
        return proceed(call)
    tx, principal = call.tx, call.caller.principal
    who = f"{principal.kind}:{principal.id}"
    kept = tx.one(
        select(replies.c.digest, replies.c.reply).where(
            replies.c.tenant_id == tx.tenant,
            replies.c.operation == call.name,
            replies.c.caller == who,
            replies.c.idempotency_key == key,
        )
    )
    if kept is None:
        digest = call.json_digest
        result = proceed(call)
        reply = result.__pydantic_serializer__.to_json(result)
        tx.insert(
            replies,
            {
                "operation": call.name,
                "caller": who,
                "idempotency_key": key,
                "digest": digest,
                "reply": reply,
                "at": call.at,
            },
        )
        return result
    if kept.digest != call.json_digest:
        raise ReplayConflict(
            f"the idempotency key {key} was used with other arguments", where=call.name, mend="Use a new key."
        )
    call.retry = True
    return call.operation.output.model_validate_json(kept.reply)
