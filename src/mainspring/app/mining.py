"""Process mining on our own cases: map, variants, waiting, hands, differences, causes, drift, conformance."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from math import isnan
from typing import Any, Literal

import numpy as np

from mainspring import bpmn
from mainspring.app.errors import QuestionUnfit
from mainspring.app.house import House
from mainspring.app.insights import Seen, Shown, both, demand_process, names_of
from mainspring.app.measures import element_names
from mainspring.insight.log import Log
from mainspring.insight.mine import causes, compare, drift, work
from mainspring.insight.mine.conformance import Conformance, Reason, conformance
from mainspring.insight.own.behind import LATE, digest
from mainspring.insight.own.conforming import log_for
from mainspring.insight.own.mined import NO_CAUSES, WHO, causes_of_waiting, process_map
from mainspring.insight.words import Language, in_language
from mainspring.runtime import queries
from mainspring.runtime.errors import NotFound
from mainspring.store import log as event_log

LANGUAGES: tuple[Language, ...] = ("en", "zh")
MOST = 50
"""Rows of a list."""
FEWEST = 20
"""Ended cases without which differences and causes say nothing."""
_WINDOWS = 4
Group = Literal["quick", "late", "untouched"]
Mask = Any


def mapped(house: House, process_id: str, activities: float, paths: float) -> Shown:
    """The directly-follows map of the most frequent activities and steps."""
    found = process_map(demand_process(house, process_id).log, activities, paths)
    names = element_names(house)
    return {
        "activities": [
            {"id": name, "name": names.get(name, name), "times": times}
            for name, times in found.activities.items()
        ],
        "paths": [one._asdict() for one in found.paths],
        "all_activities": found.all_activities,
        "all_paths": found.all_paths,
    }


def variants(house: House, process_id: str) -> Shown:
    """The sequences that cases took, the most frequent first, with how long they took."""
    log = demand_process(house, process_id).log
    found = log.grouped()
    spans = log.durations()
    rows = []
    for number, steps in enumerate(log.sequences(found)):
        if number == MOST:
            break
        cases = int(found.counts[number])
        rows.append(
            {
                "digest": digest(steps),
                "activities": list(steps),
                "cases": cases,
                "share": cases / len(spans),
                "median_s": float(np.median(spans[found.of_case == number])),
            }
        )
    return {"names": _names(house, log), "items": rows, "total": len(found.counts), "cases": len(spans)}


def waiting(house: House, process_id: str) -> Shown:
    """On which steps the time goes, and why work waits."""
    seen = demand_process(house, process_id)

    def look() -> Shown:
        log = seen.log
        causes_ = causes_of_waiting(log)
        return {
            "names": _names(house, log),
            "steps": [one._asdict() for one in work.bottlenecks(log)[:MOST]],
            "causes": [{"activity": name, **one._asdict()} for name, one in causes_.items() if one.total > 0],
        }

    return house.figures.get(("waiting", process_id), seen.position, look)


def hands(house: House, process_id: str) -> Shown:
    """What is done again, and who hands over to whom."""
    log = demand_process(house, process_id).log
    people = names_of(house)
    passed = work.handovers(log, WHO)
    shown = [
        {"before": people.get(one) or both(one), "after": people.get(other) or both(other), "times": times}
        for (one, other), times in list(passed.items())[:MOST]
    ]
    return {
        "names": _names(house, log),
        "rework": [one._asdict() for one in work.rework(log)],
        "handovers": shown,
    }


def differences(house: House, process_id: str, group: Group, among: str) -> Shown:
    """How a group of ended cases differs from the rest, what they have in common, and when it changed.

    Args:
        house: whose cases.
        process_id: of which process.
        group: the quickest or slowest quarter, or the cases without a human touch.
        among: only cases with this activity are compared; empty for the last of most cases, so that what came
            to the same end is compared.

    Raises:
        QuestionUnfit: too few cases have ended, or all are in the group.
        LogError: no case has ended.
    """
    seen = demand_process(house, process_id)
    return house.figures.get(
        ("differences", process_id, group, among),
        seen.position,
        lambda: _differences(house, seen, group, among),
    )


def _differences(house: House, seen: Seen, group: Group, among: str) -> Shown:
    log, names = seen.ended, element_names(house)
    most = max(log.end_activities().items(), key=lambda one: one[1])[0]
    chosen = among or most
    log = log.only(_with(log, chosen))
    if len(log.cases) < FEWEST:
        raise QuestionUnfit(
            f"{len(log.cases)} such cases have ended; {FEWEST} are needed", mend="Choose another activity."
        )
    mask = _group(seen, log, group)
    if not mask.any() or mask.all():
        raise QuestionUnfit("all cases are in that group, or none", mend="Choose another group.")
    found = [_difference(one) for one in compare.compare(log, mask) if one.significant]
    tree = causes.causes(log, mask, leave_out=NO_CAUSES)
    return {
        "names": _names(house, log),
        "among": {"id": chosen, "name": names.get(chosen, chosen)},
        "activities": [name for name in names if name in seen.ended.activities],
        "cases": len(log.cases),
        "in_group": int(mask.sum()),
        "differences": found[:MOST],
        "causes": _branch(tree),
        "drift": _drift(seen.log),
    }


def conforming(house: House, process_id: str, version: int | None) -> Shown:
    """Where ended cases leave a version of their model, in words; the newest version when None.

    Raises:
        NotFound: there is no such process or version.
    """
    seen = demand_process(house, process_id)
    with house.store.read() as tx:
        deployed = [one for one in queries.deployed(tx, kind="process") if one.id == process_id]
        versions = sorted({one.version for one in deployed}, reverse=True)
        found = next((one for one in deployed if one.version == (version or versions[0])), None)
        if found is None:
            raise NotFound(
                f"there is no version {version} of {process_id}", mend="Choose one that is listed."
            )
        position = event_log.last_position(tx)
        source = queries.source(tx, found.key)
    model = bpmn.read(source, found.file)

    def align() -> Conformance:
        with house.store.read() as tx:
            return conformance(log_for(tx, seen.facts, model), model, process_id)

    fit = house.figures.get(("conforming", found.key), position, align)
    names = element_names(house)
    return {
        "version": found.version,
        "versions": versions,
        "fitness": fit.fitness,
        "fitting": fit.fitting,
        "reasons": [
            {
                "text": {language: _told(one, names, language) for language in LANGUAGES},
                "cases": one.cases,
                "examples": list(one.examples),
            }
            for one in fit.reasons[:MOST]
        ],
    }


def _told(reason: Reason, names: Mapping[str, str], language: Language) -> str:
    activity, other = (in_language(names.get(one, one), language) for one in (reason.activity, reason.other))
    return replace(reason, activity=activity, other=other).text(language)


def _names(house: House, log: Log) -> dict[str, str]:
    names = element_names(house)
    return {name: names.get(name, name) for name in log.activities}


def _with(log: Log, activity: str) -> Mask:
    """Which cases have an activity, by number."""
    if activity not in log.activities:
        raise QuestionUnfit(f"no ended case has the activity {activity}", mend="Choose one that is listed.")
    found = np.zeros(len(log.cases), bool)
    found[log.case_of[log.activity == log.activities.index(activity)]] = True
    return found


def _group(seen: Seen, log: Log, group: Group) -> Mask:
    spans = log.durations()
    if group == "late":
        return spans > np.quantile(spans, 1 - LATE)
    if group == "quick":
        return spans <= np.quantile(spans, LATE)
    touched = {one.root for one in seen.facts.visits if one.tasks}
    alone = {case.number for case in seen.facts.cases.values() if case.key not in touched}
    return np.array([name in alone for name in log.cases])


def _difference(one: compare.Difference) -> Shown:
    median = [None if isnan(value) else value for value in one.median_s]
    return {"activity": one.activity, "share": list(one.share), "median_s": median, "chance": one.chance}


def _branch(one: causes.Branch) -> Shown:
    return {
        "rule": one.rule,
        "cases": one.cases,
        "share": one.share,
        "examples": list(one.examples),
        "branches": [_branch(inner) for inner in one.branches],
    }


def _drift(log: Log) -> Sequence[Shown]:
    """Changes between neighbouring windows; a small company has small ones."""
    window = max(FEWEST, min(200, len(log.cases) // _WINDOWS))
    return [
        {
            "at": datetime.fromtimestamp(one.at / 1e6, UTC),
            "changed": [
                {"before": before, "after": after, "share": [was, now]}
                for before, after, was, now in one.changed
            ],
        }
        for one in drift.drifts(log, window)
    ]
