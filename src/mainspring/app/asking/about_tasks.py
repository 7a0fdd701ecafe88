"""Answers about tasks: what waits for me or somebody, what is asked in one, what is suggested."""

from mainspring.agents.inbox import Inbox
from mainspring.app import masking, shown
from mainspring.app.asking.answer import Cell, Link, Proposal, Said, cells
from mainspring.app.asking.errors import NothingThere
from mainspring.app.asking.naming import task_title
from mainspring.app.asking.question import Asked
from mainspring.govern import identity
from mainspring.govern.principal import Principal
from mainspring.runtime import NotFound
from mainspring.runtime.queries import Task

_SHOWN = 20
_ALL = 1000


def mine(asked: Asked) -> Said:
    """What waits for whoever asks."""
    return _listed(asked, _waiting(asked, asked.principal))


def money(asked: Asked) -> Said:
    """Confirmations of money that wait for whoever asks."""
    return _listed(asked, [one for one in _waiting(asked, asked.principal) if one.kind == "approval"])


def oldest(asked: Asked) -> Said:
    """The oldest task of whoever asks."""
    found = _waiting(asked, asked.principal)
    if not found:
        return Said(sentence=asked.say("Nothing waits for you.", "没有等您处理的待办。"))
    first = found[0]
    sentence = asked.say(
        f"The oldest is “{task_title(asked, first)}”, since {asked.moment(first.created_at)}.",
        f"最早的是“{task_title(asked, first)}”，自 {asked.moment(first.created_at)}。",
    )
    return Said(
        sentence=sentence,
        links=[Link(title=task_title(asked, first), to=f"/inbox/{first.key}")],
        proposals=_claim(asked, first),
    )


def of_person(asked: Asked) -> Said:
    """What waits for another person, of processes that may be seen."""
    person = identity.principal(asked.tx, asked.entities["person"])
    found = _waiting(asked, person)
    if person.id != asked.principal.id:
        found = [one for one in found if asked.may_see(one.process_id)]
    return _listed(asked, found, person.id)


def asks(asked: Asked) -> Said:
    """What a task asks, and for whom."""
    one = _task(asked)
    reason = one.payload.get("reason")
    why = asked.title(reason) if isinstance(reason, str | dict) else ""
    who = one.assignee or ", ".join((*one.candidate_users, *one.candidate_groups))
    sentence = asked.say(
        f"It asks {who}: “{task_title(asked, one)}”." + (f" {why}" if why else ""),
        f"请{who}处理：“{task_title(asked, one)}”。" + why,
    )
    return Said(sentence=sentence, links=[_link(asked, one)], proposals=_claim(asked, one))


def draft(asked: Asked) -> Said:
    """What the digital employee suggests in a task, as far as it may be seen."""
    one = _task(asked)
    hidden = masking.values(
        asked.house,
        asked.principal,
        {"draft": shown.task(one)["draft"]},
        one.process_id,
        asked=_asks(asked, one),
    )
    values = hidden["draft"]
    if not isinstance(values, dict) or not values:
        return Said(
            sentence=asked.say("Nothing is suggested here.", "这里没有建议。"), links=[_link(asked, one)]
        )
    plain = {
        name: value
        for name, value in values.items()
        if isinstance(value, str | int | bool) or hasattr(value, "quantize")
    }
    rows = [cells(name.replace("_", " "), value) for name, value in plain.items()]
    lists = [(name, value) for name, value in values.items() if isinstance(value, list)]
    rows += [
        cells(name.replace("_", " "), asked.say(f"{len(value)} rows", f"{len(value)} 行"))
        for name, value in lists
    ]
    sentence = asked.say(
        f"A draft with {len(values)} field(s) is suggested.", f"建议了一份含 {len(values)} 个字段的草稿。"
    )
    return Said(
        sentence=sentence,
        columns=asked.say("Field|Suggested", "字段|建议").split("|"),
        rows=rows,
        links=[_link(asked, one)],
    )


def _waiting(asked: Asked, person: Principal) -> list[Task]:
    inbox = Inbox(asked.house.runtime, asked.house.gateway)
    return inbox.waiting(asked.tx, person, limit=_ALL)


def _listed(asked: Asked, found: list[Task], whose: str | None = None) -> Said:
    keys = shown.cases(asked.tx, (one.instance for one in found))
    rows = [
        cells(
            Cell(text=task_title(asked, one), to=f"/inbox/{one.key}"),
            Cell(text=keys.get(one.instance, "–"), to=f"/cases/{one.instance}"),
            asked.moment(one.created_at),
        )
        for one in found[:_SHOWN]
    ]
    whom = (whose, whose) if whose else ("you", "您")
    many = len(found)
    sentence = (
        asked.say(f"{many} task(s) wait for {whom[0]}.", f"有 {many} 条待办等{whom[1]}处理。")
        if found
        else asked.say(f"Nothing waits for {whom[0]}.", f"没有等{whom[1]}处理的待办。")
    )
    return Said(
        sentence=sentence,
        columns=asked.say("Task|Case|Since", "待办|业务单|自").split("|") if rows else [],
        rows=rows,
        links=[Link(title=asked.say("Inbox", "待办"), to="/inbox")],
    )


def _task(asked: Asked) -> Task:
    try:
        one = Inbox(asked.house.runtime, asked.house.gateway).task(asked.tx, int(asked.entities["task"]))
    except NotFound as error:
        raise NothingThere(asked.say("this task is no longer open", "这条待办已不在办理中")) from error
    if not _asks(asked, one):
        asked.demand_seeing(one.process_id)
    return one


def _asks(asked: Asked, one: Task) -> bool:
    if one.assignee is not None:
        return one.assignee == asked.me
    return asked.me in one.candidate_users or any(
        asked.principal.holds(group) for group in one.candidate_groups
    )


def _link(asked: Asked, one: Task) -> Link:
    return Link(title=task_title(asked, one), to=f"/inbox/{one.key}")


def _claim(asked: Asked, one: Task) -> list[Proposal]:
    if one.assignee is not None or not _asks(asked, one):
        return []
    said = task_title(asked, one)
    return [
        Proposal(
            kind="claim", key=str(one.key), title=asked.say(f"Take the task “{said}”", f"领取待办“{said}”")
        )
    ]
