"""Answers about all cases that may be seen: what is late, oldest, waiting, and needs mending."""

from sqlalchemy import func, select

from mainspring.app import lists
from mainspring.app.asking.answer import Cell, Link, Proposal, Said, cells
from mainspring.app.asking.naming import link, name, seen, task_title, title
from mainspring.app.asking.question import Asked
from mainspring.runtime import queries
from mainspring.store import process_tables as t

_SHOWN = 20


def late(asked: Asked) -> Said:
    """Tasks past their due date in processes that may be seen."""
    wanted = lists.TaskFilter(processes=seen(asked), late=True)
    found = lists.tasks(asked.tx, wanted, asked.now, 0, _SHOWN)
    many = lists.count_tasks(asked.tx, wanted, asked.now)
    rows = [
        cells(Cell(text=task_title(asked, one), to=f"/inbox/{one.key}"), asked.moment(one.due), one.assignee)
        for one in found
    ]
    sentence = (
        asked.say(f"{many} task(s) are past their due date.", f"有 {many} 条待办已逾期。")
        if many
        else asked.say("Nothing is late.", "没有逾期的待办。")
    )
    return Said(
        sentence=sentence,
        columns=asked.say("Task|Due|Has it", "待办|到期|在谁手上").split("|") if rows else [],
        rows=rows,
        links=[Link(title=asked.say("Inbox", "待办"), to="/inbox")],
    )


def oldest(asked: Asked) -> Said:
    """The cases that have been going on longest."""
    i = t.instances.c
    query = (
        select(i.key)
        .where(
            i.tenant_id == asked.tx.tenant,
            i.parent.is_(None),
            i.state == "active",
            i.process_id.in_(sorted(seen(asked))),
        )
        .order_by(i.started_at, i.key)
        .limit(5)
    )
    found = queries.instances(asked.tx, keys=[row.key for row in asked.tx.all(query)])
    found.sort(key=lambda one: one.started_at)
    if not found:
        return Said(sentence=asked.say("No case is going on.", "没有进行中的业务单。"))
    rows = [
        cells(Cell(text=title(one), to=f"/cases/{one.root}"), asked.moment(one.started_at)) for one in found
    ]
    first = found[0]
    sentence = asked.say(
        f"{title(first)} is the oldest: since {asked.moment(first.started_at)}.",
        f"最早的是 {title(first)}，自 {asked.moment(first.started_at)}。",
    )
    return Said(
        sentence=sentence,
        columns=asked.say("Case|Since", "业务单|自").split("|"),
        rows=rows,
        links=[link(first)],
    )


def waiting(asked: Asked) -> Said:
    """At which steps cases wait for people, and how many."""
    k = t.tasks.c
    query = (
        select(k.element, k.process_id, func.count().label("many"), func.min(k.created_at).label("first"))
        .where(k.tenant_id == asked.tx.tenant, k.process_id.in_(sorted(seen(asked))))
        .group_by(k.element, k.process_id)
        .order_by(func.count().desc(), k.element)
    )
    found = asked.tx.all(query)
    rows = [
        cells(
            Cell(text=name(asked, row.element), to=f"/processes/{row.process_id}"),
            row.many,
            asked.moment(row.first),
        )
        for row in found
    ]
    many = sum(row.many for row in found)
    sentence = (
        asked.say(
            f"{many} task(s) wait at {len(found)} step(s).", f"有 {many} 条待办停在 {len(found)} 个步骤。"
        )
        if found
        else asked.say("No case waits for anybody.", "没有业务单在等人。")
    )
    return Said(
        sentence=sentence,
        columns=asked.say("Step|Waiting|Oldest since", "步骤|等待数|最早自").split("|") if rows else [],
        rows=rows,
        links=[Link(title=asked.say("Home", "作战地图"), to="/")],
    )


def incidents(asked: Asked) -> Said:
    """What a person must mend."""
    found = [one for one in queries.incidents(asked.tx, limit=_SHOWN) if asked.may_see(one.process_id)]
    rows = [
        cells(
            Cell(text=name(asked, one.element), to=f"/cases/{one.instance}"),
            one.message,
            asked.moment(one.raised_at),
        )
        for one in found
    ]
    sentence = (
        asked.say(f"{len(found)} incident(s) need mending.", f"有 {len(found)} 个异常需要处理。")
        if found
        else asked.say("Nothing needs mending.", "没有需要处理的异常。")
    )
    retry = asked.say("Try again", "重试")
    proposals = [
        Proposal(kind="retry", key=str(one.key), title=f"{retry}: {name(asked, one.element)}")
        for one in found[:3]
    ]
    return Said(
        sentence=sentence,
        columns=asked.say("Step|What is wrong|Since", "步骤|问题|自").split("|") if rows else [],
        rows=rows,
        proposals=proposals,
    )
