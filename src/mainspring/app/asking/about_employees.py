"""Answers about digital employees: what one did, does, costs, promises, learned; who does an activity."""

from typing import Any

from sqlalchemy import select

from mainspring.agents.tables import corrections
from mainspring.app import employees, measures
from mainspring.app.asking.answer import Cell, Link, Said, cells
from mainspring.app.asking.errors import NothingThere
from mainspring.app.asking.naming import name as step_name
from mainspring.app.asking.question import Asked

_WEEK = "week"
Known = dict[str, Any]


def everybody(asked: Asked) -> Said:
    """All digital employees with their week."""
    asked.demand("see_agents")
    found = employees.listed(asked.leave())
    rows = [
        cells(
            Cell(text=asked.title(one["title"]), to=f"/team/{one['id']}"),
            one["work"]["done"],
            asked.say("stopped", "已停用") if one["stopped"] else asked.say("at work", "在岗"),
        )
        for one in found
    ]
    sentence = asked.say(f"There are {len(found)} digital employees.", f"共有 {len(found)} 名数字员工。")
    return Said(
        sentence=sentence,
        columns=asked.say("Who|Done in 30 days|State", "谁|30 天完成|状态").split("|"),
        rows=rows,
        links=[_team(asked)],
    )


def stopped(asked: Asked) -> Said:
    """Those that were stopped."""
    asked.demand("see_agents")
    found = [one for one in employees.listed(asked.leave()) if one["stopped"]]
    names = asked.say(", ", "、").join(asked.title(one["title"]) for one in found)
    sentence = (
        asked.say(f"Stopped: {names}.", f"已停用：{names}。")
        if found
        else asked.say("No digital employee is stopped.", "没有停用的数字员工。")
    )
    return Said(sentence=sentence, links=[_team(asked)])


def did(asked: Asked) -> Said:
    """What one did in the week up to now, or up to its last work."""
    one = _one(asked)
    week = one[_WEEK]
    until = asked.day(one["until"])
    sentence = asked.say(
        f"In the week up to {until} {_who(asked, one)} completed {week['done']} job(s); "
        f"in {week['asked']} of them people were asked.",
        f"截至 {until} 的一周里，{_who(asked, one)}完成 {week['done']} 件，其中 {week['asked']} 件请人决定。",
    )
    rows = [
        cells(
            asked.moment(each["at"]),
            asked.title(each["name"]),
            Cell(text=each["outcome"], to=f"/cases/{each['instance']}"),
        )
        for each in one["now"]["latest"]
    ]
    return Said(
        sentence=sentence,
        columns=asked.say("When|Step|Outcome", "时间|步骤|结果").split("|") if rows else [],
        rows=rows,
        links=[_link(asked, one)],
    )


def doing(asked: Asked) -> Said:
    """What waits for one, and for how much of its work people are asked."""
    one = _one(asked)
    now = one["now"]
    sentence = asked.say(
        f"{_who(asked, one)} has {now['queued']} job(s) to do; for {now['asking']} it waits for people, "
        f"{now['failed']} failed.",
        f"{_who(asked, one)}手上有 {now['queued']} 件待做，{now['asking']} 件在等人，"
        f"{now['failed']} 件失败。",
    )
    return Said(sentence=sentence, links=[_link(asked, one)])


def good(asked: Asked) -> Said:
    """The score of the last month with its parts."""
    one = _one(asked)
    work = one["work"]
    words = {
        "audit": "audits right · 抽查正确",
        "evaluation": "held-back cases right · 留存案例正确",
        "feedback": "drafts left as they were · 草稿未改",
        "alone": "done without asking · 未问人",
    }
    rows = [cells(asked.title(words[part]), asked.share(value)) for part, value in work["parts"].items()]
    score = "–" if work["score"] is None else asked.number(work["score"])
    sentence = asked.say(
        f"{_who(asked, one)} scores {score} of 100 for the 30 days up to {asked.day(one['until'])}.",
        f"截至 {asked.day(one['until'])} 的 30 天里，{_who(asked, one)}得分 {score}（满分 100）。",
    )
    return Said(
        sentence=sentence,
        columns=asked.say("Part|Share", "构成|占比").split("|"),
        rows=rows,
        links=[_link(asked, one)],
    )


def promise(asked: Asked) -> Said:
    """The promise of one in its own sentence."""
    one = _one(asked)
    told = [(asked.title(each["name"]), asked.title(each["says"])) for each in one["promises"]]
    if not told:
        return Said(
            sentence=asked.say(f"{_who(asked, one)} gave no promise.", f"{_who(asked, one)}没有承诺。"),
            links=[_link(asked, one)],
        )
    return Said(
        sentence=told[0][1],
        columns=asked.say("Activity|Promise", "活动|承诺").split("|"),
        rows=[cells(*each) for each in told],
        links=[Link(title=_who(asked, one), to=f"/team/{one['id']}/promise")],
    )


def learned(asked: Asked) -> Said:
    """How many corrections one has, and from whom."""
    one = _one(asked)
    from_whom = one["learned_from"]
    many = sum(from_whom.values())
    c = corrections.c
    newest = asked.tx.scalar(
        select(c.at)
        .where(c.tenant_id == asked.tx.tenant, c.agent == one["id"])
        .order_by(c.at.desc())
        .limit(1)
    )
    sentence = asked.say(
        f"{_who(asked, one)} keeps {many} correction(s)"
        + (f", the newest of {asked.day(newest)}." if newest else "."),
        f"{_who(asked, one)}记住了 {many} 条纠正"
        + (f"，最近一条在 {asked.day(newest)}。" if newest else "。"),
    )
    rows = [cells(person, count) for person, count in from_whom.items()]
    return Said(
        sentence=sentence,
        columns=asked.say("From|Corrections", "来自|纠正数").split("|") if rows else [],
        rows=rows,
        links=[Link(title=_who(asked, one), to=f"/team/{one['id']}/learned")],
    )


def cost(asked: Asked) -> Said:
    """What one cost in the last month: models and services that it called."""
    one = _one(asked)
    amount = asked.money(one["work"]["cost"], one["currency"])
    sentence = asked.say(
        f"{_who(asked, one)} cost {amount} for models and paid calls in the 30 days up to "
        f"{asked.day(one['until'])}, and {one['work']['tokens']} tokens.",
        f"截至 {asked.day(one['until'])} 的 30 天里，{_who(asked, one)}的模型与收费调用花费 {amount}，"
        f"用了 {one['work']['tokens']} 个词元。",
    )
    return Said(sentence=sentence, links=[_link(asked, one)])


def of_activity(asked: Asked) -> Said:
    """Which digital employee does an activity, and who reviews it."""
    asked.demand("see_agents")
    element = asked.entities["activity"]
    types = dict(measures.job_types(asked.leave()))
    kind = types.get(element)
    found = next((agent for agent in asked.house.pack.agents if kind in agent.duties), None)
    step = step_name(asked, element)
    if found is None or kind is None:
        return Said(sentence=asked.say(f"No digital employee does “{step}”.", f"“{step}”没有数字员工负责。"))
    review = found.duties[kind].review
    by = (
        asked.say(f"; {review.group} reviews what is unsure", f"；没有把握的由 {review.group} 复核")
        if review
        else ""
    )
    return Said(
        sentence=asked.say(
            f"{asked.title(found.title)} does “{step}”{by}.",
            f"“{step}”由{asked.title(found.title)}负责{by}。",
        ),
        links=[Link(title=asked.title(found.title), to=f"/team/{found.id}")],
    )


def _one(asked: Asked) -> Known:
    asked.demand("see_agents")
    name = asked.entities["employee"]
    if all(one.id != name for one in asked.house.pack.agents):
        raise NothingThere(name)
    return employees.shown(asked.leave(), name)


def _who(asked: Asked, one: Known) -> str:
    return asked.title(one["title"])


def _link(asked: Asked, one: Known) -> Link:
    return Link(title=_who(asked, one), to=f"/team/{one['id']}")


def _team(asked: Asked) -> Link:
    return Link(title=asked.say("Team", "数字员工"), to="/team")
