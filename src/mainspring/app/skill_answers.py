"""What skills answer, as JSON for commands and requests: comparisons, letters, bills."""

from typing import Any

from mainspring.agents.skills.compare import Comparison
from mainspring.agents.skills.draft import Letter
from mainspring.agents.skills.extract.bills import Bill
from mainspring.agents.skills.extract.understanding import Field


def comparison(found: Comparison) -> dict[str, Any]:
    """Each difference with its clause, place and why it matters."""
    changes = [
        {
            "kind": change.kind,
            "clause": change.clause.name,
            "old": change.old and {"text": change.old.text, "place": str(change.old.place)},
            "new": change.new and {"text": change.new.text, "place": str(change.new.place)},
            "edits": [{"old": run.old, "new": run.new} for run in change.edits if not run.same],
            "cells": [cell._asdict() for cell in change.cells],
            "matters": list(change.matters),
        }
        for change in found.changes
    ]
    told = {"same": found.same, "confidence": found.confidence, "changes": changes}
    return {**told, "evidence": list(found.evidence)}


def letter(found: Letter) -> dict[str, Any]:
    """The text, every value in it with its place, every gap by its name."""
    places = [one._asdict() for one in found.filled]
    return {"text": found.text, "title": found.title, "missing": list(found.missing), "filled": places}


def fields(found: Bill) -> dict[str, Field[Any]]:
    """The values of a bill by their names."""
    return {
        "issuer": found.issuer,
        "date": found.issued,
        "number": found.number,
        "total": found.total,
        "currency": found.currency,
    }


def bill(found: Bill) -> dict[str, Any]:
    """Each value with how sure it is and the words it rests on, and what is doubtful."""
    return {**{name: _field(one) for name, one in fields(found).items()}, "doubts": list(found.doubts)}


def _field(one: Field[Any]) -> dict[str, Any]:
    said = [{"text": e.text, "place": str(e.place), "why": e.why} for e in one.evidence]
    return {"value": one.value, "confidence": one.confidence, "evidence": said}
