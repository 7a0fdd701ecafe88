"""Circuit breaking: a service that keeps failing is left alone for a while, then tried with one call.

Only failures of the service count (it is unavailable, time ran out, the connection broke); a refusal by its
business rules is an answer.
"""

import threading
from datetime import datetime, timedelta

from pydantic import BaseModel

from mainspring.gateway.call import Call, Proceed
from mainspring.gateway.errors import Unavailable, UpstreamUnavailable

_FAILURES = (Unavailable, UpstreamUnavailable, OSError)  # TimeoutError and ConnectionError are OSErrors


class Break:
    """One circuit a service: closed, or open until a time, then half open for one trial.

    Args:
        failures: so many in a row open it.
        rest: how long it stays open.
    """

    def __init__(self, failures: int = 5, rest: timedelta = timedelta(seconds=30)) -> None:
        self._allowed = failures
        self._rest = rest
        self._failed: dict[str, int] = {}
        self._until: dict[str, datetime] = {}
        self._lock = threading.Lock()

    def __call__(self, call: Call, proceed: Proceed) -> BaseModel:
        """Proceed unless the service rests."""
        service = call.name.partition(".")[0]
        if self._until:
            self._refuse_while_open(call, service)
        try:
            result = proceed(call)
        except _FAILURES:
            self._count(service, call.at)
            raise
        if self._failed:
            with self._lock:
                self._failed.pop(service, None)
                self._until.pop(service, None)
        return result

    def _refuse_while_open(self, call: Call, service: str) -> None:
        with self._lock:
            until = self._until.get(service)
            if until is None:
                return
            if call.at < until:
                mend = f"It is tried again after {until.isoformat()}."
                raise Unavailable(f"{service} has been failing", where=call.name, mend=mend)
            self._until[service] = call.at + self._rest  # this call is the trial; others wait for it

    def _count(self, service: str, now: datetime) -> None:
        with self._lock:
            failed = self._failed[service] = self._failed.get(service, 0) + 1
            if failed >= self._allowed:
                self._until[service] = now + self._rest
