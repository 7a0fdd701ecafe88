"""Circuit breaking: a service that keeps failing is left alone for a while, then tried with one call.

Each version of a service has a circuit of its own: a canary that fails does not stop the version beside it.

Only failures of the service count (it is unavailable, time ran out, the connection broke); a refusal by its
business rules is an answer.
"""

import threading
from datetime import datetime, timedelta

from pydantic import BaseModel

from mainspring.gateway.call import Call, Proceed
from mainspring.gateway.errors import Unavailable, UpstreamUnavailable

_FAILURES = (Unavailable, UpstreamUnavailable, OSError)  # TimeoutError and ConnectionError are OSErrors


_Circuit = tuple[str, str | None]
"""Service and version."""


class Break:
    """One circuit a version of a service: closed, or open until a time, then half open for one trial.

    Args:
        failures: so many in a row open it.
        rest: how long it stays open.
    """

    def __init__(self, failures: int = 5, rest: timedelta = timedelta(seconds=30)) -> None:
        self._allowed = failures
        self._rest = rest
        self._failed: dict[_Circuit, int] = {}
        self._until: dict[_Circuit, datetime] = {}
        self._lock = threading.Lock()

    def __call__(self, call: Call, proceed: Proceed) -> BaseModel:
        """Proceed unless the service rests."""
        circuit = (call.name.partition(".")[0], call.version)
        if self._until:
            self._refuse_while_open(call, circuit)
        try:
            result = proceed(call)
        except _FAILURES:
            self._count(circuit, call.at)
            raise
        if self._failed:
            with self._lock:
                self._failed.pop(circuit, None)
                self._until.pop(circuit, None)
        return result

    def _refuse_while_open(self, call: Call, circuit: _Circuit) -> None:
        with self._lock:
            until = self._until.get(circuit)
            if until is None:
                return
            if call.at < until:
                mend = f"It is tried again after {until.isoformat()}."
                raise Unavailable(f"{circuit[0]} has been failing", where=call.name, mend=mend)
            self._until[circuit] = call.at + self._rest  # this call is the trial; others wait for it

    def _count(self, circuit: _Circuit, now: datetime) -> None:
        with self._lock:
            failed = self._failed[circuit] = self._failed.get(circuit, 0) + 1
            if failed >= self._allowed:
                self._until[circuit] = now + self._rest
