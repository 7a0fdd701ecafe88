"""How far a process is from AI that helps to AI that runs it: L1 to L5, from measured facts alone."""

from collections.abc import Mapping
from dataclasses import dataclass

Words = Mapping[str, str]

UNATTENDED = 0.6
"""The automation coverage from which a process runs unattended."""
MOST_OF_THEM = 0.8
HALF = 0.5
LINKED = 2


@dataclass(frozen=True, slots=True)
class Facts:
    """What is measured of a process.

    Attributes:
        ai_nodes: activities in which a digital employee made at least one call.
        led_nodes: activities in which AI made at least half of the calls.
        nodes: activities that people or digital employees did.
        aar: share of activities done with no human touch; None without data.
        services: outside systems and built-in services that digital employees called.
        proposals: improvements that the system proposed with a simulated gain.
        measured_gains: of these, released and measured afterwards.
        own_changes: improvements that a digital employee opened and released itself, people only checking.
    """

    ai_nodes: int = 0
    led_nodes: int = 0
    nodes: int = 0
    aar: float | None = None
    services: int = 0
    proposals: int = 0
    measured_gains: int = 0
    own_changes: int = 0


@dataclass(frozen=True, slots=True)
class Demand:
    """One fact that a level asks for: what is there, what is asked, whether that is enough."""

    level: int
    name: str
    title: Words
    have: float | None
    need: float
    met: bool


@dataclass(frozen=True, slots=True)
class Autonomy:
    """The level reached (0: no AI at all), all demands, and those that miss for the next level."""

    level: int
    title: Words
    demands: tuple[Demand, ...]
    missing: tuple[Demand, ...]


TITLES: tuple[Words, ...] = (
    {"en": "no AI yet", "zh": "尚无 AI"},
    {"en": "AI assists", "zh": "AI 辅助"},
    {"en": "AI and people work together", "zh": "人机协作"},
    {"en": "AI collaborates by preset rules", "zh": "AI 按规则协同"},
    {"en": "AI governs, people arrange", "zh": "AI 治理，人来统筹"},
    {"en": "AI advances the process itself", "zh": "AI 自主推进"},
)


def autonomy(facts: Facts) -> Autonomy:
    """The highest level of which every demand, and those of all levels below, are met."""
    share = facts.ai_nodes / facts.nodes if facts.nodes else None
    demands = tuple(
        Demand(level, name, {"en": en, "zh": zh}, have, need, have is not None and have >= need)
        for level, name, en, zh, have, need in (
            (1, "ai_nodes", "activities in which AI has a hand", "有 AI 参与的活动数", facts.ai_nodes, 1),
            (
                2,
                "led_nodes",
                "activities of which AI does at least half",
                "AI 承担过半的活动数",
                facts.led_nodes,
                LINKED,
            ),
            (
                3,
                "ai_share",
                "share of activities in which AI has a hand",
                "有 AI 参与的活动占比",
                share,
                MOST_OF_THEM,
            ),
            (3, "aar", "automation coverage", "自动化覆盖率", facts.aar, UNATTENDED),
            (3, "services", "systems that AI works across", "AI 跨越的系统数", facts.services, LINKED),
            (4, "proposals", "improvements that AI proposed", "AI 提出的改进数", facts.proposals, 1),
            (
                4,
                "measured_gains",
                "of these released and measured",
                "其中已发布并实测",
                facts.measured_gains,
                1,
            ),
            (
                5,
                "own_changes",
                "changes that AI made and released itself",
                "AI 自行发布的变更",
                facts.own_changes,
                1,
            ),
        )
    )
    level = 0
    while level + 1 < len(TITLES) and all(one.met for one in demands if one.level == level + 1):
        level += 1
    missing = tuple(one for one in demands if one.level == level + 1 and not one.met)
    return Autonomy(level, TITLES[level], demands, missing)
