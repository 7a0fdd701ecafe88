"""Fuzz target: any bytes, given as a process model, are read, refused with findings, or refused as unsafe.

What is read without an error must be written back, and read again as the same model.
"""

from mainspring import bpmn, engine
from mainspring.base.errors import MainspringError
from mainspring.testing import drawing as d

MOST = 20_000  # bytes; larger inputs only slow the search down


def seeds() -> list[bytes]:
    """Our own drawings: tasks, events, messages, timers."""
    return [
        d.sequence("p", d.service("a", "work"), d.user("b", groups="x")),
        d.sequence(
            "p",
            d.catch_message("c", "m"),
            d.wait("w", "PT1M"),
            tops=d.message("m", "paid", "=order.id"),
            start=d.on_message("m"),
        ),
    ]


def once(data: bytes) -> None:
    """Read, check, compile and write back one input."""
    if len(data) > MOST:
        return
    try:
        model = bpmn.read(data, "fuzz.bpmn")
        findings = bpmn.validate(model)
        if any(one.severity == "error" for one in findings):
            return
        for process in model.processes:
            engine.compile(model, process.id)
    except MainspringError:
        return
    written = bpmn.write(model)
    if bpmn.write(bpmn.read(written, "again.bpmn")) != written:
        raise AssertionError("written back, the model reads differently")
