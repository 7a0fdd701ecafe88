"""What reading a log left out or found strange, so that nothing is lost in silence."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

SHOWN = 20
"""So many places of one reason are kept; all are counted."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the source something was found; lines and columns count from 1, 0 where unknown."""

    line: int
    column: int
    text: str = ""

    def __str__(self) -> str:
        where = f"line {self.line}" if self.line else "somewhere"
        where += f", column {self.column}" if self.column else ""
        return f"{where}: {self.text}" if self.text else where


@dataclass(slots=True)
class Finding:
    """One reason, how many events it left out (0 for a remark), how often, and the first places."""

    reason: str
    times: int = 0
    events: int = 0
    places: list[Place] = field(default_factory=list)


@dataclass(slots=True)
class Report:
    """What one import did.

    Attributes:
        source: the file as it was named.
        events: imported.
        cases: imported.
        findings: by reason.
    """

    source: str = ""
    events: int = 0
    cases: int = 0
    findings: dict[str, Finding] = field(default_factory=dict)

    def leave_out(self, reason: str, place: Place | None = None, *, events: int = 1) -> None:
        """Count events (or another part, with `events=0`) that were not imported."""
        self._find(reason, place, 1, events)

    def remark(
        self, reason: str, place: Place | None = None, *, times: int = 1, places: Iterable[Place | None] = ()
    ) -> None:
        """Count something strange that was imported nevertheless; `places` are the first of many."""
        self._find(reason, place, times, 0)
        for one in places:
            self._find(reason, one, 0, 0)

    def _find(self, reason: str, place: Place | None, times: int, events: int) -> None:
        found = self.findings.setdefault(reason, Finding(reason))
        found.times += times
        found.events += events
        if place is not None and len(found.places) < SHOWN:
            found.places.append(place)

    @property
    def left_out(self) -> int:
        """Events that were not imported."""
        return sum(found.events for found in self.findings.values())

    def lines(self) -> list[str]:
        """In words, one finding after the other."""
        told = [f"{self.source}: {self.events:,} events of {self.cases:,} cases imported"]
        for found in self.findings.values():
            what = f"{found.events:,} events left out" if found.events else f"{found.times:,} times"
            places = "; ".join(map(str, found.places[:3]))
            told.append(f"{what}: {found.reason}" + (f" ({places})" if places else ""))
        return told

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "source": self.source,
            "events": self.events,
            "cases": self.cases,
            "left_out": self.left_out,
            "findings": [
                {
                    "reason": found.reason,
                    "times": found.times,
                    "events": found.events,
                    "places": [str(place) for place in found.places],
                }
                for found in self.findings.values()
            ],
        }
