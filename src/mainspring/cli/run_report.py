"""The figures of a run as tables."""

from collections.abc import Mapping
from typing import Any

from mainspring.cli.output import NOTHING, percent, say, span, table

SIMULATED = "SIMULATED PEOPLE: their answers come from the recorded truth, with seeded delays."


def report(figures: Mapping[str, Any]) -> None:
    """Print what a run came to; what it does not have is left out."""
    if figures.get("people") == "simulated" or figures.get("simulated"):
        say(SIMULATED, "")
    known = [(name, value) for name, value in _figures(figures).items() if value != NOTHING]
    table(("figure", "value"), known)
    waiting = figures.get("waiting") or {}
    if waiting:
        say("")
        table(("waiting for", "orders"), sorted(waiting.items(), key=lambda one: (-one[1], one[0])))
    nodes = figures.get("nodes") or {}
    if nodes:
        say("")
        table(("activity", "done", "AI penetration", "AAR"), [_node(key, one) for key, one in nodes.items()])


def _figures(f: Mapping[str, Any]) -> dict[str, str]:
    cost = f.get("cost_to_serve")
    currency = f.get("currency") or ""
    return {
        "cases": _whole(f.get("cases", f.get("orders"))),
        "ended": _whole(f.get("ended", f.get("completed"))),
        "lost": _whole(f.get("lost")),
        "AI penetration": percent(f.get("penetration")),
        "activities without a human touch (AAR)": percent(f.get("aar")),
        "straight-through, under the ladder": percent(f.get("straight_through")),
        'straight-through, under "confirm everything"': percent(f.get("straight_through_confirm_everything")),
        "cost to serve a case": NOTHING if cost is None else f"{float(cost):,.2f} {currency}".strip(),
        "cycle time, median": span(f.get("cycle_time_median_s")),
        "waiting of a case, median": span(f.get("waiting_time_median_s")),
        "people's time a case, by the cost table": span(f.get("touch_time_s")),
        "tasks answered in time (SLA)": percent(f.get("sla")),
        "rework": percent(f.get("rework")),
        "first-time-right": percent(f.get("first_time_right")),
        "first-contact resolution": percent(f.get("first_contact_resolution")),
        "cases per head": NOTHING if f.get("per_head") is None else f"{f['per_head']:.1f}",
        "lines accepted automatically": _part(f, "lines_auto", "lines"),
        "of these wrong": _part(f, "lines_auto_wrong", "lines_auto"),
        "prices equal to the recorded ones": _part(f, "prices_equal", "prices_known"),
        "payments matched automatically": _part(f, "payments_auto", "payments"),
        "of these matched wrong": _part(f, "payments_auto_wrong", "payments_auto"),
        "seconds": _whole(f.get("seconds")),
        "orders a second": _whole(f.get("orders_per_second")),
        "peak memory, MB": _whole(f.get("peak_rss_mb")),
    }


def _whole(value: Any) -> str:
    return NOTHING if value is None else f"{value:,}"


def _part(figures: Mapping[str, Any], part: str, whole: str) -> str:
    some, of = figures.get(part), figures.get(whole)
    if some is None or of is None:
        return NOTHING
    return f"{some:,} of {of:,}" + (f" ({some / of:.2%})" if of else "")


def _node(element: str, node: Mapping[str, Any]) -> tuple[Any, ...]:
    name = node.get("name") or element
    return name, node.get("completed"), percent(node.get("penetration")), percent(node.get("aar"))
