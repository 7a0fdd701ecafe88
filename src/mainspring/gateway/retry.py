"""The stage of further attempts: only where an attempt may be repeated, and each after a longer wait."""

import random
from collections.abc import Callable

from pydantic import BaseModel

from mainspring.gateway.call import Call, Proceed
from mainspring.gateway.errors import UpstreamUnavailable
from mainspring.gateway.outgoing import OutsideOperation

_FIRST = 0.1
_LONGEST = 5.0


class Retry:
    """Tries again when the service did not answer.

    Args:
        sleep: waits so many seconds.
        chance: gives a number from 0 to 1, so that callers do not come back all at once.
    """

    def __init__(self, sleep: Callable[[float], None], chance: Callable[[], float] = random.random) -> None:
        self._sleep = sleep
        self._chance = chance

    def __call__(self, call: Call, proceed: Proceed) -> BaseModel:
        """Proceed, as often as the operation allows."""
        operation = call.operation
        if not isinstance(operation, OutsideOperation) or not operation.repeatable:
            return proceed(call)
        for attempt in range(operation.retries):
            try:
                return proceed(call)
            except UpstreamUnavailable:
                self._sleep(min(_FIRST * 2**attempt, _LONGEST) * (0.5 + self._chance() / 2))
        return proceed(call)
