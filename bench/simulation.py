"""Simulation seeded with a log: parameters found again, and the distance to a later, unseen part.

    python -m bench.simulation [--peers FOLDER] [--only PART ...]

FOLDER holds (or gets) an environment with log-distance-measures, which measures; a naive baseline that draws
whole cases of the past again stands beside us. Parts: recovered, distance. The public log lies in
../shared/data/event_logs.
"""

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

import numpy as np

from mainspring.insight import Log, read_log
from mainspring.insight.simulate import learn
from mainspring.simulation.experiment import run_once
from mainspring.simulation.scenario import Scenario
from mainspring.simulation.trace import events
from mainspring.testing import synthetic_log

HERE = Path(__file__).parent
DECLARATIONS = HERE.parents[1] / "shared" / "data" / "event_logs" / "BPI_2020_DomesticDeclarations.xes.gz"
PEERS = ("log-distance-measures",)
REPLICATIONS = 3
Row = tuple[str, str, str, float, float]


def found_again() -> dict[str, tuple[float, float]]:
    """Each parameter of the synthetic log: as it was, and as it was learned from 2,000 cases."""
    known = synthetic_log.Known()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "claims.csv"
        synthetic_log.write(synthetic_log.made(known, 2_000), path)
        scenario = learn(read_log(path))
    by_name = {one.name: one for one in scenario.activities.values()}
    week = next(iter(scenario.resources.values())).week

    def work(name: str) -> float:
        timing = by_name[name].work
        return timing.mean if timing is not None else 0.0

    check, decide = by_name["Check"], by_name["Decide"]
    split = next(choices for past, choices in scenario.branching.ways.items() if past == ("Decide",))
    pays = _share(scenario, split)
    arrivals = scenario.arrivals
    long = arrivals.week.whole / synthetic_log.DAYS / (synthetic_log.LAST_HOUR - synthetic_log.FIRST_HOUR)
    return {
        "time between cases, s": (known.between, arrivals.mean * synthetic_log.HOUR_S / long),
        "hours a week": (40, float((week.rates > 0).sum() / 4)),
        "register, s": (known.register, work("Register")),
        "check, s": (known.check, work("Check")),
        "decide, s": (known.decide, work("Decide")),
        "pay, s": (known.pay, work("Pay")),
        "refuse, s": (known.refuse, work("Refuse")),
        "lies before check, s": (known.lies, check.delay.mean if check.delay is not None else 0.0),
        "clerks": (known.clerks, len(by_name["Register"].people)),
        "analysts": (known.analysts, len(check.people)),
        "batch": (known.batch, decide.batch.size if decide.batch is not None else 1),
        "share paid": (known.paid, pays),
    }


def _share(
    scenario: Scenario, choices: tuple[tuple[object, ...], np.ndarray[tuple[int], np.dtype[np.float64]]]
) -> float:
    """The share of the ways after the decision on which the payment lies: the more frequent one."""
    del scenario
    counts = choices[1] / choices[1].sum()
    return float(counts.max())


def recovered(peers: Path | None) -> None:
    """Print each parameter."""
    del peers
    print("| parameter | true | learned | off |\n|---|---:|---:|---:|")
    for name, (true, learned) in found_again().items():
        print(f"| {name} | {true:g} | {learned:.4g} | {learned / true - 1:+.1%} |")


def distance(peers: Path | None) -> None:
    """Print the distances to the later part for us and for the baseline."""
    logs = {"synthetic": None, "domestic declarations": DECLARATIONS if DECLARATIONS.is_file() else None}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for title, path in logs.items():
            if title == "synthetic":
                path = folder / "claims.csv"  # noqa: PLW2901 - made here
                synthetic_log.write(synthetic_log.made(synthetic_log.Known(), 2_000, seed=2), path)
            elif path is None:
                print("skipped: shared/data/event_logs is not beside the project")
                continue
            _compare(title, read_log(path), folder, peers)


def _compare(title: str, log: Log, folder: Path, peers: Path | None) -> None:
    begun, ended = log.time[log.offsets[:-1]], log.time[log.offsets[1:] - 1]
    split = int(np.quantile(begun, 0.7))
    settled = split - int(np.quantile(ended - begun, 0.95))
    past, future = log.only((begun <= settled) & (ended <= split)), log.only(begun > split)
    _write(_rows(future), folder / "later.csv")
    cases = len(future.offsets) - 1
    began = process_time()
    scenario = replace(learn(past), begin=split / 1e6)
    learned = process_time() - began
    began = process_time()
    for number in range(REPLICATIONS):
        _write(events(run_once(scenario, 1 + number, cases)), folder / f"ours{number}.csv")
        _write(_drawn_again(past, split / 1e6, cases, number), folder / f"naive{number}.csv")
    spent = (process_time() - began) / REPLICATIONS
    print(
        f"\n{title}: {len(past.offsets) - 1:,} cases learned from, {cases:,} simulated; "
        f"learning {learned:.1f} s, a replication {spent:.1f} s of processor time\n"
    )
    found = {name: _distances(folder, name, peers) for name in ("ours", "naive")}
    if not found["ours"]:
        print("no distances: give --peers")
        return
    print("| distance to the later part | Mainspring | drawn again |\n|---|---:|---:|")
    for measure, mine in found["ours"].items():
        print(f"| {measure} | {mine:.3f} | {found['naive'][measure]:.3f} |")


def _rows(log: Log) -> Iterable[Row]:
    begins = log.time
    if "start_time" in log.columns.names:
        begins = log.attribute("start_time").values
    for place, (case, code) in enumerate(zip(log.case_of.tolist(), log.activity.tolist(), strict=True)):
        yield log.cases[case], log.activities[code], "", begins[place] / 1e6, log.time[place] / 1e6


def _drawn_again(past: Log, begin: float, cases: int, seed: int) -> Iterable[Row]:
    """Whole cases of the past, drawn with replacement, at arrivals whose gaps are drawn from the past too."""
    rng = np.random.default_rng(seed)
    rows = list(_rows(past))
    gaps = np.diff(np.sort(past.time[past.offsets[:-1]])) / 1e6
    at = begin
    for number in range(cases):
        at += float(gaps[rng.integers(len(gaps))])
        case = int(rng.integers(len(past.offsets) - 1))
        events_of = rows[past.offsets[case] : past.offsets[case + 1]]
        moved = at - events_of[0][3]
        for _, activity, who, one, other in events_of:
            yield f"again {number}", activity, who, one + moved, other + moved


def _write(rows: Iterable[Row], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("case_id", "Activity", "Resource", "start_time", "end_time"))
        for case, activity, who, begun, ended in rows:
            times = (datetime.fromtimestamp(at, UTC).isoformat() for at in (begun, ended))
            writer.writerow((case, activity, who or "somebody", *times))


def _distances(folder: Path, name: str, peers: Path | None) -> dict[str, float]:
    """Mean over the replications of each measure."""
    if peers is None:
        return {}
    command = [str(peers / "bin" / "python"), str(HERE / "peers" / "distance.py"), str(folder / "later.csv")]
    all_ = []
    for number in range(REPLICATIONS):
        ran = subprocess.run(
            [*command, str(folder / f"{name}{number}.csv")], capture_output=True, text=True, check=False
        )
        if ran.returncode:
            print(f"the peer broke: {ran.stderr.strip().splitlines()[-1]}")
            return {}
        all_.append(json.loads(ran.stdout.strip().splitlines()[-1]))
    return {measure: float(np.mean([one[measure] for one in all_])) for measure in all_[0]}


def prepare(folder: Path) -> None:
    """Make the peers' environment where it is missing."""
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    known = subprocess.run(
        [str(python), "-c", "import log_distance_measures"], capture_output=True, check=False
    )
    if known.returncode:
        subprocess.run([str(folder / "bin" / "pip"), "-q", "install", *PEERS], check=True)


PARTS = {"recovered": recovered, "distance": distance}


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--peers", type=Path, help="folder of the peers' environment")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    given = parser.parse_args()
    if given.peers:
        prepare(given.peers)
    for name in given.only:
        print(f"\n### {name}\n", flush=True)
        PARTS[name](given.peers)


if __name__ == "__main__":
    main()
