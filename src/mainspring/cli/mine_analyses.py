"""`mainspring mine`: where cases wait and why, how groups differ, causes of late cases, drift, prediction."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import numpy as np
import typer

from mainspring.cli.errors import ArgumentError
from mainspring.cli.log_file import ReadLog, of_log
from mainspring.cli.options import Chinese, Json, Top
from mainspring.cli.output import NOTHING, percent, say, say_json, span, table

if TYPE_CHECKING:
    from mainspring.insight import Log

app = typer.Typer(no_args_is_help=True)
Slowest = Annotated[float, typer.Option(min=0.01, max=0.99, help="Share of cases that count as late.")]
With = Annotated[str | None, typer.Option("--with", help="Cases with this activity, instead of late ones.")]


@app.command()
@of_log
def bottlenecks(
    read: ReadLog,
    *,
    top: Top = 20,
    chinese: Chinese = False,
    json: Json = False,
) -> None:
    """Say on which steps the time of the cases goes.

    Example: mainspring mine bottlenecks orders.csv
    """
    from mainspring.insight.mine import work

    found = work.bottlenecks(read())[:top]
    rows = [
        (one.before, one.after, one.times, span(one.total_s / one.times), percent(one.share)) for one in found
    ]
    heads = (("from", "to", "times", "mean", "share of all time"), ("从", "到", "次数", "平均", "占全部时间"))
    _print(heads[chinese], rows, [one._asdict() for one in found], json=json)


@app.command()
@of_log
def waits(
    read: ReadLog,
    *,
    resource: Annotated[str | None, typer.Option(help="Column of who worked.")] = None,
    start: Annotated[str | None, typer.Option(help="Column of when work began.")] = None,
    chinese: Chinese = False,
    json: Json = False,
) -> None:
    """Say why each activity waits: batches, other work, priorities, hours off, or something outside.

    Example: mainspring mine waits orders.csv --resource clerk --start began
    """
    from mainspring.insight.mine.waiting import waits as causes_of_waiting

    log = read()
    found = sorted(causes_of_waiting(log, resource, start).items(), key=lambda one: -one[1].total)
    rows = [(name, *(span(part) for part in one), span(one.total)) for name, one in found]
    english = (
        "activity",
        "batching",
        "prioritisation",
        "contention",
        "unavailability",
        "extraneous",
        "in all",
    )
    chinese_heads = ("活动", "攒批", "优先级", "争用", "不在岗", "外部原因", "合计")
    programs = [{"activity": name, **one._asdict()} for name, one in found]
    _print(chinese_heads if chinese else english, rows, programs, json=json)


@app.command()
@of_log
def compare(
    read: ReadLog,
    *,
    late: Slowest = 0.25,
    having: With = None,
    chinese: Chinese = False,
    json: Json = False,
) -> None:
    """Compare late cases (or those with an activity) with the rest; only what is more than chance.

    Example: mainspring mine compare orders.csv --late 0.25
    """
    from mainspring.insight.mine.compare import compare as compared

    log = read()
    found = [one for one in compared(log, _group(log, late, having)) if one.significant]
    rows = [
        (
            one.activity,
            *(percent(share) for share in one.share),
            *(NOTHING if np.isnan(value) else span(value) for value in one.median_s),
        )
        for one in found
    ]
    english = ("activity", "in these cases", "in others", "median time", "in others")
    _print(("活动", "这些案例", "其余", "中位用时", "其余") if chinese else english, rows,
           [one._asdict() for one in found], json=json)  # fmt: skip


@app.command()
@of_log
def causes(
    read: ReadLog,
    *,
    late: Slowest = 0.25,
    having: With = None,
    chinese: Chinese = False,
    json: Json = False,
) -> None:
    """Say what late cases (or those with an activity) have in common, as a small tree.

    Example: mainspring mine causes orders.csv --with Complaint
    """
    from mainspring.insight.mine.causes import causes as tree_of

    log = read()
    found = tree_of(log, _group(log, late, having))
    lines = found.lines()
    if json:
        say_json(lines)
        return
    say("这类案例所占比例:" if chinese else "Share of such cases:", *lines)


@app.command()
@of_log
def drift(
    read: ReadLog,
    *,
    window: Annotated[int, typer.Option(min=20, help="Cases in a window.")] = 200,
    chinese: Chinese = False,
    json: Json = False,
) -> None:
    """Say when the process began to run otherwise, and in which steps.

    Example: mainspring mine drift orders.csv
    """
    from mainspring.insight.mine.drift import drifts

    found = drifts(read(), window)
    rows = [
        (f"{np.datetime64(one.at, 'us')}"[:10], f"{before} → {after}", percent(share), percent(then))
        for one in found
        for before, after, share, then in one.changed
    ]
    heads = (("from", "step", "share before", "after"), ("自", "步骤", "此前占比", "此后"))
    _print(heads[chinese], rows, [one._asdict() for one in found], json=json)


@app.command()
@of_log
def predict(
    read: ReadLog,
    *,
    late: Slowest = 0.25,
    having: With = None,
    top: Top = 20,
    chinese: Chinese = False,
    json: Json = False,
) -> None:
    """Say of the newest cases how long they still take and how likely they end late or with an activity.

    A case counts as running when its last activity is not one with which most cases end.

    Example: mainspring mine predict orders.csv
    """
    from mainspring.insight.mine.outcome import Outcome
    from mainspring.insight.mine.predict import Remaining
    from mainspring.insight.mine.running import running

    log = read()
    open_ = running(log)
    ended = log.only(~open_.cases)
    if not len(open_.numbers):
        say("没有进行中的案例。" if chinese else "No case is running.")
        return
    left = Remaining(ended).predict(open_.known)
    chance = Outcome(ended, _group(ended, late, having)).predict(open_.known)
    order = np.argsort(-chance, kind="stable")[:top].tolist()
    cases = [log.cases[int(open_.numbers[place])] for place in order]
    figures = np.column_stack([left.seconds, left.low, left.high, chance])[order].tolist()
    names = ("case", "remaining_s", "low_s", "high_s", "probability")
    found = [dict(zip(names, (name, *each), strict=True)) for name, each in zip(cases, figures, strict=True)]
    rows = [
        (name, span(seconds), f"{span(low)} … {span(high)}", percent(likely))
        for name, (seconds, low, high, likely) in zip(cases, figures, strict=True)
    ]
    english = ("case", "still takes", "90% within", "chance")
    _print(("案例", "还需", "九成把握", "概率") if chinese else english, rows, found, json=json)


def _group(log: "Log", late: float, having: str | None) -> Any:
    """Cases with an activity, or the slowest share of them."""
    from mainspring.insight.mine.outcome import with_activity

    if having is not None:
        return with_activity(log, having)
    spans = log.durations()
    group = spans > np.quantile(spans, 1 - late)
    if not group.any():
        raise ArgumentError("all cases take equally long", mend="Name an activity with --with.")
    return group


def _print(heads: Sequence[str], rows: Sequence[Sequence[Any]], programs: Any, *, json: bool) -> None:
    if json:
        say_json(programs)
    else:
        table(heads, rows)
