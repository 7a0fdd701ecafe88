"""Answers about processes: which there are, steps, the version in force, where time goes, what to improve."""

from mainspring.app import improving, measures
from mainspring.app.asking.answer import Cell, Link, Said, cells
from mainspring.app.asking.question import Asked
from mainspring.base import xml
from mainspring.insight.improve import telling
from mainspring.insight.measures import measure
from mainspring.runtime import queries
from mainspring.runtime.queries import Definition

_DONE_BY = {
    "serviceTask": ("digital employee or system", "数字员工或系统"),
    "userTask": ("person", "人"),
    "businessRuleTask": ("decision table", "决策表"),
    "callActivity": ("another process", "其他流程"),
    "receiveTask": ("answer from outside", "外部答复"),
    "sendTask": ("system", "系统"),
    "scriptTask": ("system", "系统"),
}
_SLOWEST = 5


def every(asked: Asked) -> Said:
    """The deployed processes that may be seen."""
    found = [one for one in queries.deployed(asked.tx, kind="process") if asked.may_see(one.id)]
    rows = [cells(Cell(text=asked.title(one.name), to=f"/processes/{one.id}"), one.version) for one in found]
    return Said(
        sentence=asked.say(f"There are {len(found)} processes.", f"共有 {len(found)} 个流程。"),
        columns=asked.say("Process|Version", "流程|版本").split("|") if rows else [],
        rows=rows,
        links=[Link(title=asked.say("Processes", "流程"), to="/processes")],
    )


def steps(asked: Asked) -> Said:
    """The activities of a process in the order in which its model draws them, and by whom each is done."""
    one = _process(asked)
    names = asked.names
    rows = [
        cells(
            asked.title(names.get(element.get("id") or "", element.get("name") or "")),
            asked.say(*_DONE_BY[kind]),
        )
        for process in xml.parse(queries.source(asked.tx, one.key), one.file).iter("{*}process")
        if process.get("id") == one.id
        for element in process.iter()
        if isinstance(element.tag, str) and (kind := element.tag.rpartition("}")[2]) in _DONE_BY
    ]
    return Said(
        sentence=asked.say(
            f"{asked.title(one.name)} has {len(rows)} activities.",
            f"{asked.title(one.name)}有 {len(rows)} 个活动。",
        ),
        columns=asked.say("Activity|Done by", "活动|由谁做").split("|"),
        rows=rows,
        links=[_link(asked, one)],
    )


def version(asked: Asked) -> Said:
    """Which version new cases of a process follow."""
    one = _process(asked)
    tag = f" ({one.version_tag})" if one.version_tag else ""
    return Said(
        sentence=asked.say(
            f"New cases of {asked.title(one.name)} follow version {one.version}{tag}.",
            f"{asked.title(one.name)}的新业务单按第 {one.version} 版{tag}办理。",
        ),
        links=[_link(asked, one)],
    )


def bottleneck(asked: Asked) -> Said:
    """The activities that take longest, waiting included."""
    asked.demand("measure")
    found = measure(asked.tx, process_ids=measures.PROCESSES, costs=asked.house.pack.costs)
    names = asked.names
    timed = [
        (node.cycle_time_median_s, element)
        for element, node in found.nodes.items()
        if node.cycle_time_median_s is not None
    ]
    timed.sort(reverse=True)
    if not timed:
        return Said(sentence=asked.say("No activity was completed yet.", "还没有完成的活动。"))
    rows = [
        cells(asked.title(names.get(element, element)), asked.span(seconds))
        for seconds, element in timed[:_SLOWEST]
    ]
    return Said(
        sentence=asked.say(
            f"“{rows[0][0].text}” takes longest: {rows[0][1].text} (median).",
            f"最慢的是“{rows[0][0].text}”：中位 {rows[0][1].text}。",
        ),
        columns=asked.say("Activity|Median time", "活动|中位时长").split("|"),
        rows=rows,
        links=[Link(title=asked.say("Insight", "洞察"), to="/insight")],
    )


def proposals(asked: Asked) -> Said:
    """Improvements that were found and simulated."""
    asked.demand("measure")
    found = improving.listed(asked.leave())
    if not found:
        return Said(
            sentence=asked.say(
                "No improvement is proposed; “mainspring improve find” looks for some.",
                "还没有改进建议；运行 mainspring improve find 可以查找。",
            )
        )
    rows = [cells(telling.title(one, asked.language), asked.number(one["worth"]["mean"])) for one in found]
    return Said(
        sentence=asked.say(f"{len(found)} improvement(s) are proposed.", f"有 {len(found)} 条改进建议。"),
        columns=asked.say("What|Worth a month", "做什么|每月价值").split("|"),
        rows=rows,
    )


def _process(asked: Asked) -> Definition:
    name = asked.entities["process"]
    asked.demand_seeing(name)
    return next(one for one in queries.deployed(asked.tx, kind="process", definition_id=name))


def _link(asked: Asked, one: Definition) -> Link:
    return Link(title=asked.title(one.name), to=f"/processes/{one.id}")
