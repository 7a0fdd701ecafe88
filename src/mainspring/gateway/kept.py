"""The stages of answers that outside services gave before: given again while fresh, or in place of none.

Kept in this process's memory, by operation, version and arguments: what a service answers does not depend on
who asks, since it sees the credential of the house and not the caller's; and the caller's right to the call
was asked before.
"""

import threading
from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from pydantic import BaseModel

from mainspring.gateway.call import Call, Proceed
from mainspring.gateway.document import written
from mainspring.gateway.errors import Unavailable, UpstreamUnavailable
from mainspring.gateway.outgoing import OutsideOperation

_MOST = 10_000
_MOST_BYTES = 1_000_000


class _Answer(NamedTuple):
    at: datetime
    result: BaseModel


class Kept:
    """Answers by question. Its two stages stand at two places in the pipeline."""

    def __init__(self) -> None:
        self._answers: OrderedDict[tuple[Any, ...], _Answer] = OrderedDict()
        self._lock = threading.Lock()

    def fresh(self, call: Call, proceed: Proceed) -> BaseModel:
        """Give an answer that is young enough again; it costs nothing."""
        operation = call.operation
        if not isinstance(operation, OutsideOperation):
            return proceed(call)
        if call.effect != "read":
            result = proceed(call)
            self._forget(operation.service)
            return result
        if not (operation.cache_seconds or operation.stale_seconds):
            return proceed(call)
        found = self._find(call, operation, operation.cache_seconds)
        if found is not None:
            call.cached = True
            return found
        return proceed(call)

    def fallback(self, call: Call, proceed: Proceed) -> BaseModel:
        """While the service is down: an older answer, or the one laid down for bad times."""
        operation = call.operation
        if not isinstance(operation, OutsideOperation):
            return proceed(call)
        try:
            result = proceed(call)
        except (Unavailable, UpstreamUnavailable) as error:
            instead = self._find(call, operation, operation.stale_seconds) or operation.degraded
            if instead is None:
                raise
            call.cached, call.problem = True, type(error).__name__
            return instead
        if operation.cache_seconds or operation.stale_seconds:
            self._keep(call, operation, result)
        return result

    def _find(self, call: Call, operation: OutsideOperation, seconds: int) -> BaseModel | None:
        with self._lock:
            found = self._answers.get(_question(call, operation))
        if found is None or call.at - found.at >= timedelta(seconds=seconds):
            return None
        return found.result

    def _keep(self, call: Call, operation: OutsideOperation, result: BaseModel) -> None:
        if len(written(result)) > _MOST_BYTES:
            return
        question = _question(call, operation)
        with self._lock:
            self._answers[question] = _Answer(call.at, result)
            self._answers.move_to_end(question)
            if len(self._answers) > _MOST:
                self._answers.popitem(last=False)

    def _forget(self, service: str) -> None:
        with self._lock:
            for question in [each for each in self._answers if each[0] == service]:
                del self._answers[question]


def _question(call: Call, operation: OutsideOperation) -> tuple[Any, ...]:
    return operation.service, operation.version, call.name, call.json
