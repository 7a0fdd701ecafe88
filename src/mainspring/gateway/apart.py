"""The stage that leaves the house: what was decided is committed, then the service is asked.

A call to the outside may take long, and what it does cannot be rolled back. So no transaction is open while
it runs. Before it, the reservation, the use of an approval and the intent are durable: one commit, which
calls at the same time share. After it, the outcome is committed and not waited for. A crash in between leaves
the intent, by which `recover` finds the call: what it reserved counts as spent, and the record says that its
outcome is not known.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import Any, NoReturn, Self, cast

from pydantic import BaseModel
from sqlalchemy import select

from mainspring.gateway import budget
from mainspring.gateway.call import Call, Proceed
from mainspring.gateway.errors import GatewayError
from mainspring.gateway.meter import row
from mainspring.gateway.outgoing import LONGEST, OutsideOperation
from mainspring.gateway.tables import outgoing
from mainspring.govern.record import record
from mainspring.govern.tables import calls
from mainspring.store import Store, StoreError, Tx

_UNKNOWN = dict.fromkeys(each.name for each in calls.c if each.name not in {"tenant_id", "position"})


class _Over:
    """Stands where a transaction was: whoever still uses it is told, and nothing is written beside it.

    Args:
        undone: why it could not be committed; then that is what is told.
    """

    def __init__(self, undone: BaseException | None = None) -> None:
        self._undone = undone

    def __getattr__(self, name: str) -> NoReturn:
        if self._undone is not None:
            raise self._undone
        raise StoreError("the transaction of this call is over", where=name)


class Session:
    """The transaction of a call, which it may leave once and come back to another.

    Calls at the same time share the first one (`Store.write_together`).
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._open: AbstractContextManager[Tx] | None = None
        self.left = False
        self.tx: Tx

    def __enter__(self) -> Self:
        self._begin(self._store.write_together())
        return self

    def __exit__(self, *error: object) -> None:
        self.tx = cast("Tx", _Over())
        if self._open is not None:
            ending, self._open = self._open, None
            try:
                ending.__exit__(*error)  # type: ignore[arg-type]  # as they came
            except StoreError as undone:
                self.tx = cast("Tx", _Over(undone))
                raise

    @contextmanager
    def apart(self, *, noted: bool) -> Iterator[None]:
        """Inside, no transaction is open; afterwards another one is, whatever happened.

        Args:
            noted: the intent is durable. Then the outcome need not wait for the disk: whatever is durable
                later makes it so, and if nothing is and the power goes, the intent says that it is not known.
        """
        self.__exit__(None, None, None)
        self.left = True
        try:
            yield
        finally:
            self._begin(self._store.write(durable=not noted))

    def _begin(self, transaction: AbstractContextManager[Tx]) -> None:
        self._open = transaction
        self.tx = transaction.__enter__()


def apart(call: Call, proceed: Proceed) -> BaseModel:
    """Proceed outside of any transaction, when the operation leaves the house."""
    if not isinstance(call.operation, OutsideOperation):
        return proceed(call)
    session = call.session
    if session is None:
        raise GatewayError(
            "this operation leaves the house and cannot be part of a transaction",
            where=call.name,
            mend="Call it with gateway.perform; in a job, from a costly handler's step.",
        )
    noted = bool(call.reserved) or call.effect != "read" or call.approval is not None
    if noted:
        _note(call)
    try:
        with session.apart(noted=noted):
            result = proceed(call)
    finally:
        call.tx = session.tx
        if noted:
            _forget(call.tx, call.key)
    return result


def _note(call: Call) -> None:
    known = row(call, 0)
    kept = {name: value for name, value in known.items() if value is not None and name != "at"}
    reserved = [each._asdict() for each in call.reserved]
    call.tx.insert(outgoing, {"call": call.key, "at": call.at, "budgets": reserved, "row": kept})


def _forget(tx: Tx, key: int) -> None:
    statement = tx.statements.delete(outgoing, ("tenant_id", "call"))
    tx.many(statement, [{"tenant_id": tx.tenant, "call": key}])


def recover(tx: Tx, now: datetime) -> int:
    """Settle calls that a crash cut off; gives how many. Call it now and then, and when the house opens."""
    lost = tx.all(select(outgoing).where(outgoing.c.tenant_id == tx.tenant, outgoing.c.at < now - LONGEST))
    for one in lost:
        taken = [budget.Reserved(**each) for each in one.budgets]
        budget.settle(tx, [each._replace(amount=int(each.amount)) for each in taken], None)
        told: dict[str, Any] = _UNKNOWN | dict(one.row) | {"outcome": "error", "problem": "Lost"}
        whole = (
            "key",
            "instance",
            "process_instance",
            "element_key",
            "job",
            "latency_us",
            "approval",
            "tokens",
        )
        numbers = {name: int(told[name]) for name in whole if told.get(name) is not None}
        record(tx).add(calls, told | numbers | {"at": one.at}, keep=True)
        _forget(tx, one.call)
    return len(lost)
