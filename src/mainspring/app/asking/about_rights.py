"""Answers about rights: what I may do, who may do something, who holds a role, when money is confirmed."""

from mainspring.app import rights
from mainspring.app.asking.answer import Link, Said, cells
from mainspring.app.asking.question import Asked
from mainspring.app.asking.vocabulary import grammar
from mainspring.govern import identity
from mainspring.govern.resources import COMPANY
from mainspring.govern.roles import ROLES


def may_i(asked: Asked) -> Said:
    """Whether whoever asks may do something in the company, and by which rule."""
    action = asked.entities["action"]
    decision = asked.house.policies.decide(asked.principal, action, COMPANY)
    what, why = _action(asked, action), asked.title(decision.because)
    yes = decision.allowed
    return Said(
        sentence=asked.say(
            f"{'Yes' if yes else 'No'}: {what}. {why}", f"{'可以' if yes else '不可以'}：{what}。{why}"
        ),
        links=[_governance(asked)],
    )


def may_who(asked: Asked) -> Said:
    """Which people may do something in the company."""
    action = asked.entities["action"]
    asked.demand("see_rights")
    people = [one for one in identity.everybody(asked.tx) if one.active]
    found = []
    for one in people:
        decision = asked.house.policies.decide(identity.principal(asked.tx, one.id), action, COMPANY)
        if decision.allowed:
            found.append((one, decision))
    rows = [cells(asked.title(one.name), one.id, asked.title(decision.because)) for one, decision in found]
    names = asked.say(", ", "、").join(asked.title(one.name) for one, _ in found)
    what = _action(asked, action)
    sentence = (
        asked.say(f"{what[:1].upper()}{what[1:]}: {names}.", f"{what}：{names}。")
        if found
        else asked.say(f"Nobody may {what}.", f"没有人可以{what}。")
    )
    return Said(
        sentence=sentence,
        columns=asked.say("Who|Id|Because", "谁|编号|依据").split("|") if rows else [],
        rows=rows,
        links=[_governance(asked)],
    )


def mine(asked: Asked) -> Said:
    """All that whoever asks may do, with the rules."""
    holders = rights.holders(asked.house, asked.tx, asked.principal.id)
    found = [right for one in holders for right in one.rights]
    rows = [
        cells(right.action.replace("_", " "), len(right.on), asked.title(right.reason)) for right in found
    ]
    roles = asked.say(", ", "、").join(_role(asked, role) for role in sorted(asked.principal.roles)) or "–"
    return Said(
        sentence=asked.say(f"You hold: {roles}.", f"您的角色：{roles}。"),
        columns=asked.say("May|On how many|Because", "可以|对象数|依据").split("|"),
        rows=rows,
        links=[_governance(asked)],
    )


def holders(asked: Asked) -> Said:
    """Who holds a role."""
    role = asked.entities["role"]
    asked.demand("see_rights")
    found = [one for one in identity.everybody(asked.tx) if one.active and role in one.roles]
    names = asked.say(", ", "、").join(asked.title(one.name) for one in found)
    title = _role(asked, role)
    sentence = (
        asked.say(f"{title}: {names}.", f"{title}：{names}。")
        if found
        else asked.say(f"Nobody is {title}.", f"没有{title}。")
    )
    return Said(sentence=sentence, links=[_people(asked)])


def person(asked: Asked) -> Said:
    """The roles and groups of a person."""
    who = asked.entities["person"]
    if who != asked.principal.id:
        asked.demand("see_rights")
    one = identity.person(asked.tx, who)
    roles = asked.say(", ", "、").join(_role(asked, role) for role in sorted(one.roles)) or "–"
    groups = asked.say(", ", "、").join(sorted(one.groups)) or "–"
    return Said(
        sentence=asked.say(
            f"{asked.title(one.name)} ({who}): {roles}; groups: {groups}.",
            f"{asked.title(one.name)}（{who}）：{roles}；群组：{groups}。",
        ),
        links=[_people(asked)],
    )


def ladder(asked: Asked) -> Said:
    """From which amount and confidence somebody confirms an operation: rows of the authority ladder."""
    asked.demand("see_rights")
    operation = asked.entities["noun"]
    rows = []
    for row in rights.ladder(asked.house):
        named = row["when"].get("operation", "")
        if not named or f'"{operation}"' in named:
            others = "; ".join(f"{name} {test}" for name, test in row["when"].items() if name != "operation")
            rows.append(
                cells(
                    others or asked.say("always", "总是"),
                    "; ".join(f"{name} {value}" for name, value in row["then"].items()),
                )
            )
    title = asked.title(rights.titles(asked.house).get(operation, operation))
    return Said(
        sentence=asked.say(
            f"{title}: the first row that fits decides.", f"{title}：按第一条符合的规则决定。"
        ),
        columns=asked.say("When|Then", "条件|要求").split("|"),
        rows=rows,
        links=[Link(title=asked.say("Authority ladder", "决策授权阶梯"), to="/governance/ladder")],
    )


def _action(asked: Asked, action: str) -> str:
    return asked.title(grammar().actions[action])


def _role(asked: Asked, role: str) -> str:
    return next((asked.say(one.en, one.zh) for one in ROLES if one.id == role), role)


def _governance(asked: Asked) -> Link:
    return Link(title=asked.say("Governance", "治理"), to="/governance")


def _people(asked: Asked) -> Link:
    return Link(title=asked.say("People", "人员"), to="/governance/people")
