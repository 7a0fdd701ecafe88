"""Reading and mining logs, beside PM4Py and pl4pm in the same run.

    python -m bench.insight [--peers FOLDER] [--only PART ...]

FOLDER holds (or gets) an environment with PM4Py 2.7 and pl4pm; without it their columns stay empty. Parts:
speed, large, exact, inductive, replay, align, predict, outcome; inductive_bpic2012 only when asked for.
The logs lie in ../shared/data/event_logs.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

HERE = Path(__file__).parent
LOGS = HERE.parents[1] / "shared" / "data" / "event_logs"
PEERS = ("pm4py==2.7.*", "pl4pm", "pyarrow")
COPIES = 4
CASE, ACTIVITY, TIME = "case:concept:name", "concept:name", "time:timestamp"

JOB = """
import re, sys
from time import perf_counter
import pyarrow.csv, pyarrow.parquet
import mainspring.insight.log.csv, mainspring.insight.log.parquet
from mainspring.insight import read_log
begin = perf_counter()
log = read_log(sys.argv[1])
log.dfg(), log.variants(), log.performance()
seconds = perf_counter() - begin
most = re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())
print(seconds, int(most[1]) / 1024, len(log))
"""


def prepare(folder: Path) -> None:
    """Make the peers' environment where it is missing; other peers may stand in the folder already."""
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    known = subprocess.run(
        [str(python), "-c", "import pm4py, pl4pm, pyarrow"], capture_output=True, check=False
    )
    if known.returncode:
        subprocess.run([str(python), "-m", "pip", "-q", "install", *PEERS], check=True)


class Peer:
    """The other engines, each task in a process of its own."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def ask(self, task: str, *arguments: str | Path) -> dict[str, Any]:
        """What a task of peers/mining.py found; nothing where there are no peers, or it broke."""
        if self._folder is None:
            return {}
        command = [str(self._folder / "bin" / "python"), str(HERE / "peers" / "mining.py"), task]
        begin = perf_counter()
        ran = subprocess.run([*command, *map(str, arguments)], capture_output=True, text=True, check=False)
        if ran.returncode:
            print(f"{task}: the peer broke: {ran.stderr.strip().splitlines()[-1]}")
            return {}
        found: dict[str, Any] = json.loads(ran.stdout.strip().splitlines()[-1])
        return found | {"process": perf_counter() - begin}


def ours(path: Path) -> tuple[float, float, float]:
    """A fresh process: seconds of all, seconds after imports (as PM4Py's, readers and all), MB at most."""
    begin = perf_counter()
    ran = subprocess.run([sys.executable, "-c", JOB, str(path)], capture_output=True, text=True, check=True)
    inside, mb, _ = map(float, ran.stdout.split())
    return perf_counter() - begin, inside, mb


def quickest(act: Callable[[], Any], times: int = 5) -> float:
    """Seconds of the quickest run."""
    best = float("inf")
    for _ in range(times):
        begin = perf_counter()
        act()
        best = min(best, perf_counter() - begin)
    return best


def copied(folder: Path, copies: int) -> Path:
    """BPIC 2012 several times with new case names, as Parquet."""
    import polars as pl
    import rustxes

    frame, _ = rustxes.import_xes(str(LOGS / "bpic2012.xes.gz"))
    frame = frame.select(CASE, ACTIVITY, pl.col(TIME).dt.replace_time_zone("UTC"))
    parts = [frame.with_columns(pl.col(CASE) + f"_{number}") for number in range(copies)]
    path = folder / f"copied_{copies}.parquet"
    pl.concat(parts).write_parquet(path)
    return path


def times(other: float, own: float) -> str:
    """How many times."""
    return f"{other / own:.0f}" if other else "-"


def speed(folder: Path, peer: Peer) -> None:
    """The whole job in a fresh process, and each part warm."""
    import polars as pl

    from mainspring.insight import read_log

    parquet = copied(folder, COPIES)
    plain = folder / "copied.csv"
    pl.read_parquet(parquet).write_csv(plain)
    print("| 1,048,800 events | Mainspring | PM4Py | times | lazy frames | times |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, path in (("Parquet", parquet), ("CSV", plain)):
        runs = [ours(path) for _ in range(3)]
        mine = {
            key: min(run[place] for run in runs) for place, key in enumerate(("process", "seconds", "mb"))
        }
        eager, lazy = peer.ask("job", path), peer.ask("lazy", path)
        for key, title, digits in (
            ("process", f"from {name}, whole process, s", 2),
            ("seconds", "of this after imports, s", 3),
            ("mb", "most memory, MB", 0),
        ):
            beside = " | ".join(
                f"{one.get(key, 0.0):.{digits}f} | {times(one.get(key, 0.0), mine[key])}"
                for one in (eager, lazy)
            )
            print(f"| {title} | {mine[key]:.{digits}f} | {beside} |", flush=True)
    log = read_log(parquet)
    acts = {"dfg": log.dfg, "variants": log.variants, "performance": log.performance}
    own = {name: quickest(act) for name, act in acts.items()}
    others = [peer.ask(task, parquet) for task in ("warm", "warm_lazy", "polars")]
    print("\n| warm, ms | Mainspring | PM4Py | times | lazy frames | times | pl4pm | times |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    own["all three"] = sum(own.values())
    for other in others:
        other["all three"] = sum(other.get(name, 0.0) for name in acts)
    for name, seconds in own.items():
        beside = " | ".join(
            f"{other.get(name, 0.0) * 1e3:.0f} | {times(other.get(name, 0.0), seconds)}" for other in others
        )
        print(f"| {name} | {seconds * 1e3:.1f} | {beside} |")


def large(folder: Path, peer: Peer) -> None:
    """Ten million events in one go."""
    del peer
    path = copied(folder, 39)
    whole, _, mb = ours(path)
    print(f"10,225,800 events from Parquet: {whole:.1f} s, {mb:.0f} MB at most")


def exact(folder: Path, peer: Peer) -> None:
    """Equal to PM4Py, log by log."""
    del folder
    from mainspring.insight import read_log

    print("| log | events | map | starts, ends | variants | case durations |\n|---|---:|---|---|---|---|")
    for path in sorted(LOGS.iterdir()):
        log = read_log(path, case="orders" if path.suffix == ".sqlite" else None)
        found = peer.ask("counts", path)
        if not found:
            continue
        ends = (log.start_activities(), log.end_activities())
        variants = log.variants()
        equal = variants == {tuple(trace): number for trace, number in found["variants"]}
        again = variants == {tuple(trace): number for trace, number in found["variants in order"]}
        spans = log.case_durations()
        near = spans.keys() == found["case_durations"].keys() and all(
            abs(spans[name] - seconds) < 1e-3 for name, seconds in found["case_durations"].items()
        )
        told = [
            log.dfg() == {(one, two): number for one, two, number in found["dfg"]},
            ends == (found["start_activities"], found["end_activities"]),
        ]
        words = ["equal" if same else "DIFFERENT" for same in told]
        words.append(
            "equal" if equal else "equal once PM4Py is given ordered events" if again else "DIFFERENT"
        )
        words.append("equal" if near else "DIFFERENT")
        print(f"| {path.name.partition('.')[0]} | {len(log):,} | {' | '.join(words)} |")


def inductive(folder: Path, peer: Peer) -> None:
    """Mining speed on the large log; fitness and precision as PM4Py measures them."""
    from mainspring.insight import read_log

    big = copied(folder, COPIES)
    log = read_log(big)
    own = quickest(lambda: log.discover(0.2), 3)
    other = peer.ask("inductive", big).get("seconds", 0.0)
    print(f"1,048,800 events: {own:.2f} s, PM4Py {other:.2f} s, {times(other, own)} times\n")
    _quality(folder, peer, "receipt", "Helpdesk", "Sepsis", "BPI_2020_DomesticDeclarations")


def inductive_bpic2012(folder: Path, peer: Peer) -> None:
    """Fitness and precision on BPIC 2012: PM4Py measures them for the better part of an hour."""
    _quality(folder, peer, "bpic2012")


def _quality(folder: Path, peer: Peer, *names: str) -> None:
    """Fitness (of the events whose activity is in the model), precision, and how many activities that are."""
    from mainspring import bpmn
    from mainspring.insight import read_log

    print("| noise 0.2 | fitness | PM4Py's | precision | PM4Py's | activities | modelled | PM4Py's |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    for name in names:
        path = LOGS / f"{name}.xes.gz"
        drawn = folder / f"{name}.bpmn"
        log = read_log(path)
        drawn.write_bytes(bpmn.write(log.discover(0.2)))
        found = [peer.ask("fit", path, drawn), peer.ask("fit", path)]
        if all(found):
            cells = [f"{one[key]:.4f}" for key in ("fitness", "precision") for one in found]
            cells += [str(len(log.activities)), *(str(one["modelled"]) for one in found)]
            print(f"| {name} | {' | '.join(cells)} |", flush=True)


def replay(folder: Path, peer: Peer) -> None:
    """Token replay of BPIC 2012 on the model mined from it."""
    from mainspring import bpmn
    from mainspring.insight import read_log
    from mainspring.insight.mine.net import net_of
    from mainspring.insight.mine.play import Play
    from mainspring.insight.mine.reduction import reduced
    from mainspring.insight.mine.replay import replayed

    path, drawn = LOGS / "bpic2012.xes.gz", folder / "bpic2012.bpmn"
    log = read_log(path)
    model = log.discover(0.2)
    drawn.write_bytes(bpmn.write(model))
    own = quickest(lambda: replayed(Play(reduced(net_of(model))), log.variants()), 1)
    other = peer.ask("replay", path, drawn).get("seconds", 0.0)
    print(f"token replay, BPIC 2012: {own:.2f} s, PM4Py {other:.2f} s, {times(other, own)} times")


def align(folder: Path, peer: Peer) -> None:
    """Alignments on the same model, with the cost of every variant compared."""
    from mainspring import bpmn
    from mainspring.insight import read_log
    from mainspring.insight.mine.align import Aligner
    from mainspring.insight.mine.net import net_of
    from mainspring.insight.mine.play import Play
    from mainspring.insight.mine.reduction import reduced

    for name in ("Helpdesk", "receipt"):
        path, drawn = LOGS / f"{name}.xes.gz", folder / f"{name}.bpmn"
        log = read_log(path)
        model = log.discover(0.2)
        drawn.write_bytes(bpmn.write(model))
        begin = process_time()
        aligner = Aligner(Play(reduced(net_of(model))))
        costs = {trace: aligner.align(trace).cost for trace in log.variants()}
        own = process_time() - begin
        found = peer.ask("align", path, drawn)
        theirs = {tuple(trace): cost for trace, cost in found.get("costs", [])}
        unequal = sum(costs[trace] != cost for trace, cost in theirs.items())
        beside = (
            f"PM4Py {found['seconds']:.1f} s, {times(found['seconds'], own)} times" if found else "no peer"
        )
        print(
            f"alignments, {name}: {own:.2f} s, {beside}; {unequal} of {len(theirs)} variants cost otherwise"
        )


def predict(folder: Path, peer: Peer) -> None:
    """Remaining time of cases begun after the split; nothing after the split is used for fitting."""
    del folder, peer
    import numpy as np

    from mainspring.insight import read_log
    from mainspring.insight.mine.predict import Remaining, prefixes

    print("| mean error, days | constant | last activities | trees | Mainspring | way | 90% interval holds |")
    print("|---|---:|---:|---:|---:|---|---:|")
    for name in ("Helpdesk", "bpic2012", "BPI_2020_DomesticDeclarations"):
        log = read_log(LOGS / f"{name}.xes.gz")
        begin = log.time[log.offsets[:-1]]
        split = int(np.quantile(begin, 0.7))
        model = Remaining(log, until=split)
        test = prefixes(log, begin > split)
        found = model.predict(test.known)

        def error(seconds: Any, truth: Any = test.remaining) -> str:
            return f"{np.abs(seconds - truth).mean() / 86_400:.2f}"

        cells = [error(way(test.known)) for way in model.ways.values()]
        holds = ((test.remaining >= found.low) & (test.remaining <= found.high)).mean()
        print(f"| {name} | {' | '.join(cells)} | {error(found.seconds)} | {model.chosen} | {holds:.1%} |")


def outcome(folder: Path, peer: Peer) -> None:
    """Outcomes of cases begun after the split: Brier score and the gap between said and seen."""
    del folder, peer
    import numpy as np

    from mainspring.insight import read_log
    from mainspring.insight.mine.outcome import Outcome, reliability, with_activity
    from mainspring.insight.mine.predict import prefixes

    print("| Brier score (gap) | share | last activities | trees | way chosen |\n|---|---:|---:|---:|---|")
    for name, activity in (
        ("Helpdesk", ""),
        ("bpic2012", "A_APPROVED"),
        ("BPI_2020_DomesticDeclarations", "Declaration REJECTED by EMPLOYEE"),
        ("Sepsis", "Return ER"),
    ):
        log = read_log(LOGS / f"{name}.xes.gz")
        spans = log.durations()
        kind = with_activity(log, activity) if activity else spans > np.quantile(spans, 0.75)
        begin = log.time[log.offsets[:-1]]
        split = int(np.quantile(begin, 0.7))
        model, test = Outcome(log, kind, until=split), prefixes(log, begin > split)
        truth = kind[test.case].astype(float)
        judged = [reliability(way(test.known), truth) for way in model.ways.values()]
        cells = [f"{one.brier:.3f} ({one.gap:.3f})" for one in judged]
        print(f"| {name}, {activity or 'slowest quarter'} | {' | '.join(cells)} | {model.chosen} |")


PARTS = {
    "outcome": outcome,
    "speed": speed,
    "large": large,
    "exact": exact,
    "inductive": inductive,
    "inductive_bpic2012": inductive_bpic2012,
    "replay": replay,
    "align": align,
    "predict": predict,
}

LONG = {"inductive_bpic2012"}


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--peers", type=Path, help="folder of the peers' environment")
    parser.add_argument(
        "--only", nargs="+", choices=PARTS, default=[name for name in PARTS if name not in LONG]
    )
    given = parser.parse_args()
    if not LOGS.is_dir():
        print("skipped: shared/data/event_logs is not beside the project")
        return
    if given.peers:
        prepare(given.peers)
    with tempfile.TemporaryDirectory() as folder:
        for name in given.only:
            print(f"\n### {name}\n", flush=True)
            PARTS[name](Path(folder), Peer(given.peers))
            sys.stdout.flush()


if __name__ == "__main__":
    main()
