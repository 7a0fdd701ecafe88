"""Answers about a case: where it is, why it waits, who has it, cost, documents, rules that decided."""

from decimal import Decimal

from sqlalchemy import func, select

from mainspring.app import casefile
from mainspring.app.asking.answer import Cell, Proposal, Said, cells
from mainspring.app.asking.errors import Forbidden
from mainspring.app.asking.naming import actor, link, name, task_title, title
from mainspring.app.asking.question import Asked
from mainspring.govern.tables import calls
from mainspring.insight.measures import measure
from mainspring.runtime import queries
from mainspring.runtime.queries import Instance
from mainspring.services.tables.parties import customers
from mainspring.store.log import events

_SHOWN = 20
STATES = {
    "active": ("going on", "进行中"),
    "completed": ("ended", "已结束"),
    "terminated": ("stopped", "已终止"),
    "suspended": ("paused", "已暂停"),
}


def where(asked: Asked) -> Said:
    """In which steps the case is, and what state it has."""
    one = _case(asked)
    here = [each for each in casefile.elements(asked.tx, one.root) if each["state"] in ("active", "incident")]
    names = list(dict.fromkeys(name(asked, each["element"]) for each in here))
    state = asked.say(*STATES[one.state])
    at = asked.say(", ", "、").join(names)
    sentence = asked.say(
        f"{title(one)} is {state}" + (f", at: {at}." if at else "."),
        f"{title(one)}{state}" + (f"，在：{at}。" if at else "。"),
    )
    return Said(sentence=sentence, links=[link(one)], proposals=_proposals(asked, one))


def why(asked: Asked) -> Said:
    """What the case waits for: people, messages, times, or somebody who mends it."""
    one = _case(asked)
    rows = []
    for task in queries.tasks(asked.tx, instance=one.root):
        who = task.assignee or ", ".join((*task.candidate_users, *task.candidate_groups))
        rows.append(
            cells(
                Cell(text=task_title(asked, task), to=f"/inbox/{task.key}"),
                who,
                asked.moment(task.created_at),
            )
        )
    for incident in queries.incidents(asked.tx, instance=one.root):
        broken = asked.say("needs mending", "需要处理异常")
        rows.append(
            cells(
                f"{name(asked, incident.element)}: {incident.message}",
                broken,
                asked.moment(incident.raised_at),
            )
        )
    for wait in queries.subscriptions(asked.tx, instance=one.root):
        outside = asked.say("an answer from outside", "外部答复")
        rows.append(cells(name(asked, wait.element), outside, None))
    if rows:
        first = rows[0]
        sentence = asked.say(
            f"{title(one)} waits for: {first[0].text} ({first[1].text}).",
            f"{title(one)}在等：{first[0].text}（{first[1].text}）。",
        )
    else:
        sentence = asked.say(f"{title(one)} waits for nobody.", f"{title(one)}没有在等任何人。")
    columns = asked.say("Waits for|Who|Since", "等什么|谁|自").split("|")
    return Said(
        sentence=sentence,
        columns=columns if rows else [],
        rows=rows,
        links=[link(one)],
        proposals=_proposals(asked, one),
    )


def who(asked: Asked) -> Said:
    """Who has the case's open tasks, or may take them."""
    one = _case(asked)
    tasks = queries.tasks(asked.tx, instance=one.root)
    rows = [
        cells(
            Cell(text=task_title(asked, task), to=f"/inbox/{task.key}"),
            task.assignee or asked.say("nobody yet", "尚无人领取"),
            ", ".join((*task.candidate_users, *task.candidate_groups)),
        )
        for task in tasks
    ]
    having = asked.say(", ", "、").join(sorted({task.assignee for task in tasks if task.assignee}))
    groups = asked.say(", ", "、").join(sorted({group for task in tasks for group in task.candidate_groups}))
    if having:
        sentence = asked.say(f"{having} has {title(one)}.", f"{title(one)}在{having}手上。")
    elif tasks:
        sentence = asked.say(
            f"Nobody took {title(one)} yet; it asks for {groups}.",
            f"{title(one)}还没有人领取，待{groups}处理。",
        )
    else:
        sentence = asked.say(
            f"{title(one)} is with nobody: no task of it is open.", f"{title(one)}没有未办的待办。"
        )
    columns = asked.say("Task|Has it|May take it", "待办|在谁手上|谁可领取").split("|")
    return Said(
        sentence=sentence,
        columns=columns if rows else [],
        rows=rows,
        links=[link(one)],
        proposals=_proposals(asked, one),
    )


def cost(asked: Asked) -> Said:
    """What the case cost so far: people's time and calls."""
    one = _case(asked)
    asked.demand("measure")
    if one.business_key is None:
        raise Forbidden(
            asked.say("a case without a number cannot be measured alone", "没有编号的业务单无法单独核算")
        )
    house = asked.house
    found = measure(
        asked.tx, process_ids=[one.process_id], costs=house.pack.costs, business_keys=[one.business_key]
    )
    rows = [
        cells(name(asked, element), asked.money(node.cost, found.currency))
        for element, node in found.nodes.items()
        if node.cost
    ]
    whole = sum((node.cost for node in found.nodes.values()), start=Decimal(0))
    said = asked.money(whole, found.currency)
    sentence = asked.say(
        f"{title(one)} cost {said} so far: people's time and calls.",
        f"{title(one)}至今成本 {said}：人工时间与调用费用。",
    )
    return Said(
        sentence=sentence,
        columns=asked.say("Activity|Cost", "活动|成本").split("|"),
        rows=rows,
        links=[link(one)],
    )


def documents(asked: Asked) -> Said:
    """The documents that the case came with."""
    one = _case(asked)
    found = casefile.papers(asked.tx, one.business_key)
    rows = [
        cells(
            Cell(text=each["name"], to=f"/cases/{one.root}"),
            each["subject"],
            asked.moment(each["received_at"]),
        )
        for each in found
    ]
    sentence = asked.say(
        f"{title(one)} came with {len(found)} document(s).", f"{title(one)}附有 {len(found)} 份文件。"
    )
    columns = asked.say("File|Subject|Received", "文件|主题|收到时间").split("|")
    return Said(sentence=sentence, columns=columns if rows else [], rows=rows, links=[link(one)])


def age(asked: Asked) -> Said:
    """Since when the case goes on, and how long that is."""
    one = _case(asked)
    span = asked.span(((one.ended_at or asked.now) - one.started_at).total_seconds())
    began, ended = asked.moment(one.started_at), asked.moment(one.ended_at)
    if one.ended_at is None:
        sentence = asked.say(
            f"{title(one)} has been going on since {began}, for {span}.",
            f"{title(one)}自 {began} 开始，已办 {span}。",
        )
    else:
        sentence = asked.say(
            f"{title(one)} went on from {began} to {ended}, for {span}.",
            f"{title(one)}从 {began} 到 {ended}，历时 {span}。",
        )
    return Said(sentence=sentence, links=[link(one)])


def worked(asked: Asked) -> Said:
    """Which people and digital employees did something in the case."""
    one = _case(asked)
    e = events.c
    query = (
        select(e.actor_kind, e.actor_id, func.count().label("times"), func.max(e.at).label("last"))
        .where(
            e.tenant_id == asked.tx.tenant,
            e.instance == one.root,
            e.type.in_(("TaskCompleted", "JobCompleted")),
        )
        .where(e.actor_kind.in_(("person", "agent")))
        .group_by(e.actor_kind, e.actor_id)
        .order_by(func.count().desc(), e.actor_id)
    )
    found = asked.tx.all(query)
    rows = [
        cells(actor(asked, row.actor_kind, row.actor_id), row.times, asked.moment(row.last)) for row in found
    ]
    people = sum(row.actor_kind == "person" for row in found)
    sentence = asked.say(
        f"{len(found) - people} digital employee(s) and {people} person(s) worked on {title(one)}.",
        f"{title(one)}由 {len(found) - people} 名数字员工和 {people} 人经手。",
    )
    return Said(
        sentence=sentence,
        columns=asked.say("Who|Times|Last", "谁|次数|最近").split("|"),
        rows=rows,
        links=[link(one)],
    )


def customer(asked: Asked) -> Said:
    """Whose case it is."""
    one = _case(asked)
    number = queries.variables(asked.tx, one.root).get("customer_id")
    c = customers.c
    found = (
        asked.tx.scalar(select(c.name).where(c.tenant_id == asked.tx.tenant, c.customer_id == number))
        if number
        else None
    )
    if found is None:
        return Said(
            sentence=asked.say(f"{title(one)} has no known customer.", f"{title(one)}没有已知客户。"),
            links=[link(one)],
        )
    return Said(
        sentence=asked.say(
            f"{title(one)} is for {found} ({number}).", f"{title(one)}是{found}（{number}）的。"
        ),
        links=[link(one)],
    )


def rules(asked: Asked) -> Said:
    """Which rows of the ladder and which rules let the case's calls happen."""
    one = _case(asked)
    c = calls.c
    query = (
        select(c.operation, c.element, c.rule, c.outcome, c.actor_kind, c.actor_id)
        .where(
            c.tenant_id == asked.tx.tenant, c.instance == one.root, c.rule.is_not(None), c.effect != "read"
        )
        .order_by(c.position.desc())
        .limit(_SHOWN)
    )
    found = asked.tx.all(query)
    rows = [
        cells(
            name(asked, row.element) if row.element else row.operation,
            row.operation,
            row.rule,
            actor(asked, row.actor_kind, row.actor_id),
        )
        for row in found
    ]
    sentence = (
        asked.say(
            f"The newest decision in {title(one)}: {found[0].operation} by {found[0].rule}.",
            f"{title(one)}最近的决定：{found[0].operation}，依据 {found[0].rule}。",
        )
        if found
        else asked.say(
            f"No rule has decided anything in {title(one)} yet.", f"{title(one)}尚无规则作出的决定。"
        )
    )
    return Said(
        sentence=sentence,
        columns=asked.say("Step|Operation|Rule|Who", "步骤|操作|规则|谁").split("|") if rows else [],
        rows=rows,
        links=[link(one)],
    )


def _case(asked: Asked) -> Instance:
    found = queries.instance(asked.tx, int(asked.entities["case"]))
    root = found if found.root == found.key else queries.instance(asked.tx, found.root)
    asked.demand_seeing(root.process_id)
    return root


def _proposals(asked: Asked, one: Instance) -> list[Proposal]:
    """What could be done about it: take a task that asks for me, remind who has one, try again."""
    me = asked.principal
    made = []
    for task in queries.tasks(asked.tx, instance=one.root)[:3]:
        mine = asked.me in task.candidate_users or any(me.holds(group) for group in task.candidate_groups)
        said = task_title(asked, task)
        if task.assignee is None and mine:
            made.append(
                Proposal(
                    kind="claim",
                    key=str(task.key),
                    title=asked.say(f"Take the task “{said}”", f"领取待办“{said}”"),
                )
            )
        elif task.assignee != asked.me:
            made.append(
                Proposal(
                    kind="remind",
                    key=str(task.key),
                    title=asked.say(f"Remind about “{said}”", f"催办“{said}”"),
                )
            )
    for incident in queries.incidents(asked.tx, instance=one.root)[:3]:
        step = name(asked, incident.element)
        made.append(
            Proposal(
                kind="retry", key=str(incident.key), title=asked.say(f"Try “{step}” again", f"重试“{step}”")
            )
        )
    return made
