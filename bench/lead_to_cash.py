"""Lead to cash on real orders: a month of a wholesaler's order lines from inquiry to closed books.

    python -m bench.lead_to_cash [--people none|simulated] [--limit N] [--json OUT]

History is December 2010 to July 2011 of online_retail in the shared data, the orders are those of August
2011. Without `--people` it runs twice, each time in a process of its own: with nobody there (what waits for
people stays open), and with people simulated (their answers come from the recorded orders; every order is
closed). Each run works on a SQLite file in a temporary folder, every commit forced to the disk. The targets
stand beside the figures.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from bench import disk
from bench.retail import FOLDER, MONTHS
from bench.runtime import fsync_latency

from mainspring.app.orders_run import People, run_orders

ORDERS = "2011-08"
STAFF = ("none", "simulated")
"""On the project's own disk, which the system's folder for temporary files need not be."""
TITLES = {"none": "nobody there", "simulated": "people simulated"}
Figures = Mapping[str, Any]


class Line(NamedTuple):
    """A line of the table; `kept` is None where no target was set."""

    what: str
    figure: str
    target: str = ""
    kept: bool | None = None


def file_of(month: str) -> Path:
    """A month of the shared data."""
    return FOLDER / f"{month}.csv.gz"


def run(people: str, limit: int | None) -> dict[str, Any]:
    """One run in this process; what it came to."""
    history = [file_of(month) for month in MONTHS if month < ORDERS]
    with disk.folder() as folder:
        place = Path(folder)
        database = f"sqlite:///{place / 'run.db'}"
        fsync = fsync_latency(place)
        staff: People = "simulated" if people == "simulated" else "none"
        result = run_orders([file_of(ORDERS)], history, limit=limit, staff=staff, database=database)
        size = (place / "run.db").stat().st_size
        return {**result.as_dict(), "fsync_us": round(fsync * 1e6), "database_mb": round(size / 1e6)}


def in_a_process(people: str, limit: int | None) -> dict[str, Any]:
    """One run in a process of its own, so that its memory is its own."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "figures.json"
        command = [sys.executable, "-m", "bench.lead_to_cash", "--people", people, "--json", str(out)]
        more = ["--limit", str(limit)] if limit else []
        if subprocess.run([*command, "--quiet", *more], check=False).returncode:
            raise SystemExit(f"the run with {TITLES[people]} broke")
        found: dict[str, Any] = json.loads(out.read_text("utf-8"))
        return found


def share(part: Any, whole: Any) -> float:
    """A part of a whole; 0 of nothing."""
    return float(part) / float(whole) if whole else 0.0


def at_least(what: str, reached: float, least: float, note: str) -> Line:
    """A share with the least it should be."""
    return Line(what, f"{reached:.2%} ({note})", f"at least {least:.1%}", reached >= least)


def at_most(what: str, reached: float, most: float, note: str) -> Line:
    """A share with the most it may be."""
    return Line(what, f"{reached:.3%} ({note})", f"at most {most:.1%}", reached <= most)


def quality(found: Figures) -> Iterator[Line]:
    """What became of orders, lines, prices and payments."""
    waiting = sum(found["waiting"].values())
    whole = found["orders"] == found["ended"] + waiting
    yield Line("orders", f"{found['orders']:,}")
    yield Line("ended", f"{found['ended']:,}", "all end or wait", whole)
    for reason, count in found["waiting"].items():
        yield Line(f"waiting, {reason}", f"{count:,}")
    if "books_balance" in found:
        balance = bool(found["books_balance"])
        yield Line("books balance", "yes" if balance else "no", "yes", balance)
    yield Line("lost", f"{found['lost']}", "0", found["lost"] == 0)
    lines, auto, wrong = found["lines"], found["lines_auto"], found["lines_auto_wrong"]
    yield at_least("lines matched without a person", share(auto, lines), 0.965, f"{auto:,} of {lines:,}")
    yield at_most("of these wrong", share(wrong, auto), 0.001, f"{wrong:,}")
    known, equal = found["prices_known"], found["prices_equal"]
    yield at_least("unit prices as recorded", share(equal, known), 0.88, f"{equal:,} of {known:,}")
    paid, alone, amiss = found["payments"], found["payments_auto"], found["payments_auto_wrong"]
    yield at_least("payments matched without a person", share(alone, paid), 0.9, f"{alone:,} of {paid:,}")
    yield at_least("of these right", 1 - share(amiss, alone), 0.995, f"{amiss:,} wrong")
    for name in ("cancellations", "rows_set_aside"):
        yield Line(name.replace("_", " "), f"{found[name]:,}")


def speed(found: Figures) -> Iterator[Line]:
    """Throughput and memory; the target of the first holds for runs in which every order is closed."""
    rate, memory = found["orders_per_second"], found["peak_rss_mb"]
    closed = found["people"] == "simulated"
    yield Line(
        "orders a second",
        f"{rate:.1f} ({found['seconds']:.0f} s)",
        "at least 20" if closed else "",
        rate >= 20 if closed else None,
    )
    yield Line("seconds of reading and learning before", f"{found['setup_seconds']:.0f}")
    yield Line("most memory, MB", f"{memory:.0f}", "under 600", memory < 600)
    yield Line("fsync of a page, microseconds", f"{found['fsync_us']}")
    yield Line("database after the run, MB", f"{found['database_mb']}")


MEASURES = (
    ("penetration", "AI penetration", "{:.1%}"),
    ("aar", "automation coverage (AAR)", "{:.1%}"),
    ("straight_through", "straight-through rate under the ladder", "{:.1%}"),
    ("straight_through_confirm_everything", 'straight-through rate under "confirm everything"', "{:.1%}"),
    ("cost_to_serve", "cost to serve an order", "{:.2f}"),
    ("cycle_time_median_s", "median cycle time, days of the virtual clock", "{:.1f}"),
)


def measured_lines(found: Figures) -> Iterator[Line]:
    """The measures of the run; with nobody there they would only say that nobody was."""
    if found["people"] == "none":
        alone = share(found["ended"], found["orders"])
        yield Line("orders that ended without a person", f"{alone:.1%}")
        return
    for key, title, form in MEASURES:
        value = found.get(key)
        if value is not None:
            number = float(value) / 86_400 if key == "cycle_time_median_s" else float(value)
            yield Line(title, form.format(number))


def show(found: Figures) -> None:
    """Print the table of a run."""
    people = found["people"]
    print(f"\nLead to cash, orders of {ORDERS}, history from {MONTHS[0]} on; {TITLES[people]}\n")
    print("| | figure | target | |\n|---|---:|---|---|")
    for line in (*quality(found), *speed(found), *measured_lines(found)):
        mark = "" if line.kept is None else "kept" if line.kept else "MISSED"
        print(f"| {line.what} | {line.figure} | {line.target} | {mark} |", flush=True)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", choices=STAFF, help="one run only")
    parser.add_argument("--limit", type=int, help="at most so many orders")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    parser.add_argument("--quiet", action="store_true", help="print no table")
    options = parser.parse_args()
    if not file_of(ORDERS).is_file():
        raise SystemExit("skipped: online_retail of the shared data is not beside the project")
    results: dict[str, dict[str, Any]] = {}
    if not options.quiet:
        print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}", flush=True)
    for people in (options.people,) if options.people else STAFF:
        how = run if options.people else in_a_process
        results[people] = how(people, options.limit)
        if not options.quiet:
            show(results[people])
    if options.json:
        alone = results[options.people] if options.people else results
        options.json.write_text(json.dumps(alone, indent=2, default=str), "utf-8")


if __name__ == "__main__":
    main()
