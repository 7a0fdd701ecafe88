"""One measurement with PM4Py or pl4pm, printed as JSON; started by bench/insight.py in their environment.

    python mining.py TASK FILE [MODEL]

TASK: job (read, map, variants, times; seconds without imports), warm (each of them on a frame in memory),
lazy and warm_lazy (the same on lazy frames of Polars), polars (the same with pl4pm), counts (everything that
must be equal), inductive (mined with noise 0.2), fit (replay, precision and activities of a BPMN model),
replay, align (cost of each variant).
"""

import json
import re
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

CASE, ACTIVITY, TIME = "case:concept:name", "concept:name", "time:timestamp"
KEYS = [CASE, ACTIVITY, TIME]


def timed(act: Callable[[], Any], times: int = 1) -> float:
    """Seconds of the quickest of some runs."""
    best = float("inf")
    for _ in range(times):
        begin = perf_counter()
        act()
        best = min(best, perf_counter() - begin)
    return best


def read(path: str) -> Any:
    """A data frame, as PM4Py's users read it."""
    import pandas as pd  # type: ignore[import-untyped] # the peers' environment has these
    import pm4py  # type: ignore[import-not-found]

    if path.endswith(".parquet"):
        return pd.read_parquet(path, columns=KEYS)
    if path.endswith(".csv"):
        frame = pd.read_csv(path)
        return pm4py.format_dataframe(frame, case_id=CASE, activity_key=ACTIVITY, timestamp_key=TIME)
    if path.endswith(".sqlite"):
        return pm4py.ocel_flattening(pm4py.read_ocel2_sqlite(path), "orders")
    return pm4py.read_xes(path)


def lazily(path: str) -> Any:
    """A lazy frame, as PM4Py takes it."""
    import polars as pl

    scan = pl.scan_parquet(path) if path.endswith(".parquet") else pl.scan_csv(path, try_parse_dates=True)
    return scan.select(KEYS)


def lazy(path: str) -> dict[str, Any]:
    """Read, map, variants, times, on lazy frames; Polars is imported before the clock runs, like the rest."""
    import polars  # noqa: F401, ICN001 - loaded here, used in what is timed

    return job(path, lazily)


def warm_lazy(path: str) -> dict[str, Any]:
    """Each of the three on a lazy frame whose data is in memory."""
    return warm(path, lambda name: lazily(name).collect().lazy())


def job(path: str, reading: Callable[[str], Any] = read) -> dict[str, Any]:
    """Read, map, variants, times."""
    import pm4py

    begin = perf_counter()
    frame = reading(path)
    pm4py.discover_dfg(frame)
    pm4py.get_variants(frame)
    pm4py.discover_performance_dfg(frame)
    seconds = perf_counter() - begin
    most = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text("ascii"))
    return {"seconds": seconds, "mb": int(most[1]) / 1024 if most else 0.0}


def warm(path: str, reading: Callable[[str], Any] = read) -> dict[str, Any]:
    """Each of the three on a frame in memory."""
    import pm4py

    frame = reading(path)
    return {
        "dfg": timed(lambda: pm4py.discover_dfg(frame), 3),
        "variants": timed(lambda: pm4py.get_variants(frame), 3),
        "performance": timed(lambda: pm4py.discover_performance_dfg(frame), 3),
    }


def polars(path: str) -> dict[str, Any]:
    """The same with pl4pm; a copy of the frame each time, since pl4pm keeps its last answer."""
    import pl4pm  # type: ignore[import-not-found]
    import polars as pl

    frame = pl.read_parquet(path, columns=KEYS)
    acts = {
        "dfg": pl4pm.discover_dfg,
        "variants": pl4pm.get_variants,
        "performance": pl4pm.discover_performance_dfg,
    }
    found = {}
    for name, act in acts.items():
        copies = [frame.clone() for _ in range(3)]
        found[name] = min(timed(lambda act=act, copy=copy: act(copy)) for copy in copies)  # type: ignore[misc]
    return found


def counts(path: str) -> dict[str, Any]:
    """What must be equal; pairs and variants as lists of names."""
    import pm4py
    from pm4py.statistics.traces.generic.pandas import case_statistics  # type: ignore[import-not-found]

    frame = read(path)
    follows, starts, ends = pm4py.discover_dfg(frame)
    cases = case_statistics.get_cases_description(frame)
    in_order = frame.sort_values([CASE, TIME], kind="stable")
    return {
        "dfg": [[*pair, number] for pair, number in follows.items()],
        "start_activities": starts,
        "end_activities": ends,
        "variants": [[list(trace), number] for trace, number in pm4py.get_variants(frame).items()],
        "variants in order": [
            [list(trace), number] for trace, number in pm4py.get_variants(in_order).items()
        ],
        "case_durations": {name: found["caseDuration"] for name, found in cases.items()},
    }


def quality(path: str, model: str = "") -> dict[str, Any]:
    """Replay fitness and precision of a model, or of the one PM4Py mines, and how many activities it has."""
    import pm4py

    frame = read(path)
    if model:
        net = pm4py.convert_to_petri_net(pm4py.read_bpmn(model))
    else:
        net = pm4py.discover_petri_net_inductive(frame, noise_threshold=0.2, multi_processing=False)
    fitness = pm4py.fitness_token_based_replay(frame, *net)["log_fitness"]
    precision = pm4py.precision_token_based_replay(frame, *net)
    modelled = len({move.label for move in net[0].transitions if move.label})
    return {"fitness": fitness, "precision": precision, "modelled": modelled}


def inductive(path: str) -> dict[str, Any]:
    """The inductive miner, noise 0.2."""
    import pm4py

    frame = read(path)
    options = {"noise_threshold": 0.2, "multi_processing": False}
    return {"seconds": timed(lambda: pm4py.discover_petri_net_inductive(frame, **options))}


def replay(path: str, model: str) -> dict[str, Any]:
    """Token replay."""
    import pm4py

    frame, net = read(path), pm4py.convert_to_petri_net(pm4py.read_bpmn(model))
    return {"seconds": timed(lambda: pm4py.conformance_diagnostics_token_based_replay(frame, *net))}


def align(path: str, model: str) -> dict[str, Any]:
    """Alignments, with the deviations of each variant."""
    import pm4py

    frame, net = read(path), pm4py.convert_to_petri_net(pm4py.read_bpmn(model))
    begin = process_time()
    found = pm4py.conformance_diagnostics_alignments(frame, *net, multi_processing=False)
    seconds = process_time() - begin
    costs = [
        [
            [happened for happened, _ in one["alignment"] if happened not in {">>", None}],
            one["cost"] // 10_000,
        ]
        for one in found
    ]
    return {"seconds": seconds, "costs": costs}


TASKS: dict[str, Callable[..., dict[str, Any]]] = {
    "job": job,
    "lazy": lazy,
    "warm": warm,
    "warm_lazy": warm_lazy,
    "polars": polars,
    "counts": counts,
    "fit": quality,
    "inductive": inductive,
    "replay": replay,
    "align": align,
}


def main() -> None:
    """Do one task."""
    warnings.filterwarnings("ignore")
    if sys.argv[1] != "polars":
        import pm4py.util.constants  # type: ignore[import-not-found]

        pm4py.util.constants.SHOW_PROGRESS_BAR = False
    print("\n" + json.dumps(TASKS[sys.argv[1]](*sys.argv[2:])))


if __name__ == "__main__":
    main()
