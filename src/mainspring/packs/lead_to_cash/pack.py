"""The pack as files: models, tables, forms, digital employees, as they ship."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable

from mainspring import dmn
from mainspring.agents import definition
from mainspring.agents.definition import AgentDefinition
from mainspring.insight import CostTable, costs

LADDER = "authority_ladder"
STRICT_LADDER = "confirm_everything"
TEXTS = ("roi", "plan")
"""Files of the pack that stand until the company writes its own (`govern.company_texts`)."""


@dataclass(frozen=True, slots=True)
class Pack:
    """What is deployed, and who works in it.

    Attributes:
        files: file name to bytes of models, tables and forms.
        decisions: decision id to its model.
        agents: the digital employees.
        policies: the pack's own Cedar policies, and `policy_tests` what they must answer.
        costs: what time and tools cost in the demo company.
        semantic: what the pack adds to the semantic layer (`insight.semantic`): its metrics and dimensions.
        texts: what a company may write anew for itself, by name: its ledger (roi) and the like.
    """

    files: Mapping[str, bytes]
    decisions: Mapping[str, dmn.Model]
    agents: tuple[AgentDefinition, ...]
    policies: str
    policy_tests: str
    costs: CostTable
    semantic: str
    texts: Mapping[str, str]

    @property
    def operations_by_agent(self) -> dict[str, tuple[str, ...]]:
        """What each digital employee may call."""
        return {agent.id: agent.operations for agent in self.agents}


def _folder(name: str) -> list[Traversable]:
    return sorted((resources.files(__package__) / name).iterdir(), key=lambda file: file.name)


def read() -> Pack:
    """Read the pack from the installed package."""
    files = {
        file.name: file.read_bytes()
        for folder in ("models", "decisions", "forms")
        for file in _folder(folder)
        if file.name.endswith((".bpmn", ".dmn", ".form")) or dmn.is_tests(file.name)
    }
    decisions = {
        name.removesuffix(".dmn"): dmn.load(data) for name, data in files.items() if name.endswith(".dmn")
    }
    agents = tuple(
        definition.read(file.read_text("utf-8"), file.name)
        for file in _folder("agents")
        if file.name.endswith(".yaml")
    )
    here = resources.files(__package__)
    policies = (here / "policies.cedar").read_text("utf-8")
    tests = (here / "policy_tests.yaml").read_text("utf-8")
    prices = costs.read((here / "costs.yaml").read_text("utf-8"), "costs.yaml")
    semantic = (here / "semantic.yaml").read_text("utf-8")
    texts = {name: (here / f"{name}.yaml").read_text("utf-8") for name in TEXTS}
    return Pack(files, decisions, agents, policies, tests, prices, semantic, texts)
