"""Proposals in words, in English and Chinese, and as they are kept."""

from collections.abc import Mapping
from typing import Any

from mainspring.insight.improve.proposals import Proposal
from mainspring.insight.simulate.asked import comparison_json
from mainspring.insight.words import Language, in_language

Kept = dict[str, Any]

TITLES: dict[str, tuple[str, str]] = {
    "bottleneck": ("One more person for {name}", "为“{name}”增加一人"),
    "batch": ("Do {name} as it comes, not in batches", "“{name}”随到随办,不再攒批"),
    "review": ("Let the digital employee do {name} without review", "“{name}”由数字员工独立完成,取消复核"),
    "automation": ("Give {name} to a digital employee", "把“{name}”交给数字员工"),
    "handover": ("Keep the case in the same hands: {name}", "由同一人连续办理:{name}"),
    "rework": ("Get {name} right the first time", "“{name}”一次做对,减少返工"),
    "threshold": ("Move the limit: {name}", "调整阈值:{name}"),
}
RISKS: dict[str, tuple[str, str]] = {
    "none": ("none known", "暂无已知风险"),
    "idle": ("the post idles when fewer cases come", "案例减少时岗位会闲置"),
    "set-up": ("more set-ups of the same work", "同一工作要多次准备"),
    "unseen": ("what people caught until now passes unseen", "以前由人发现的差错可能放过"),
    "assumed": ("coverage and error are assumed until it has worked", "覆盖率与差错率在实际运行前为假设值"),
    "duties": (
        "who prepares may not confirm: check the separation of duties",
        "经办与审批须分离,请核对岗位职责",
    ),
    "bound": ("the most that can be had; how to get there is open", "这是收益上限,做法有待确定"),
}


def kept(proposal: Proposal) -> Kept:
    """A proposal as JSON: finding, change, predicted gain, draft as text."""
    finding = proposal.finding
    return {
        "kind": finding.kind,
        "element": finding.element,
        "name": finding.name,
        "evidence": finding.evidence,
        "monthly_cost": round(finding.monthly_cost, 2),
        "risk": finding.risk,
        "draft": {name: data.decode() for name, data in (finding.draft or {}).items()},
        "worth": proposal.worth._asdict(),
        "predicted": comparison_json(proposal.outcome)["gain"],
        "measured": None,
    }


def title(body: Mapping[str, Any], language: Language = "en") -> str:
    """What to do, in words."""
    name = in_language(body["name"], language)
    return TITLES[body["kind"]][language == "zh"].format(name=name)


def risk(body: Mapping[str, Any], language: Language = "en") -> str:
    """What could go wrong, in words."""
    return RISKS[body["risk"]][language == "zh"]
