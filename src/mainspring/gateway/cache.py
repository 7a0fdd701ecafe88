"""The stage of cached reads: within one job of one transaction the same question is asked once.

Kept answers die with the transaction, and at once when the same service is written to, so no answer is ever
older than the job that uses it.
"""

from typing import Any
from weakref import WeakKeyDictionary

from pydantic import BaseModel

from mainspring.gateway.call import Call, Proceed
from mainspring.store import Tx

_Answers = dict[tuple[Any, ...], BaseModel]


class Cache:
    """Answers of cacheable reads, by transaction."""

    def __init__(self) -> None:
        self._by_tx: WeakKeyDictionary[Tx, _Answers] = WeakKeyDictionary()

    def __call__(self, call: Call, proceed: Proceed) -> BaseModel:
        """Answer from what is kept; a write forgets what its service had answered."""
        job = call.caller.job
        service = call.name.partition(".")[0]
        if call.effect != "read":
            self._forget(call.tx, service)
            return proceed(call)
        if job is None or not call.operation.cacheable:
            return proceed(call)
        answers = self._by_tx.setdefault(call.tx, {})
        question = (service, job, call.name, call.json)
        if question in answers:
            call.cached = True
            return answers[question]
        result = answers[question] = proceed(call)
        return result

    def _forget(self, tx: Tx, service: str) -> None:
        answers = self._by_tx.get(tx)
        if answers:
            for question in [each for each in answers if each[0] == service]:
                del answers[question]
