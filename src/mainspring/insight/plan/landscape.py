"""A company's process architecture: L1 to L6 and Actions with their AI gene, as one list that both ways feed.

Top-down a row names its place from the domain to the Action; bottom-up a row may name a pain point alone and
find its place later. A row with figures of value and difficulty is a scene.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal, Self

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from mainspring.insight.errors import PlanError

LEVELS = ("l1", "l2", "l3", "l4", "l5", "l6")
VALUES = ("revenue", "cost", "experience")
"""What makes a scene valuable, each from 1 (little) to 5 (much)."""
DIFFICULTIES = ("technology", "integration", "change", "regulation")
"""What makes it difficult, likewise."""
EASES = ("data_quality",)
"""What makes it less difficult, likewise."""
MOST = 20_000

Mode = Literal["ai", "both", "person"]
Capability = Literal["workflow", "analysis", "task", "question"]
Score = Annotated[int, Field(ge=1, le=5)]
Text = Annotated[
    str, Field(max_length=500), BeforeValidator(lambda value: "" if value is None else str(value).strip())
]
Weight = Annotated[Decimal, BeforeValidator(str), Field(ge=0, le=10, allow_inf_nan=False)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Node(_Part):
    """One row: a place in the architecture, an Action with its gene, a pain point, the figures of a scene.

    Attributes:
        mode: who is to do the Action: AI alone, AI with a person, a person alone.
        process: id of the deployed process that runs it; what is measured is measured there.
        activity: id of the activity in that process.
        role, object, data, standards, tools, technique: the six factors of the Action's AI gene.
        feasibility: how mature the technique is, 1 to 5.
    """

    l1: Text = ""
    l2: Text = ""
    l3: Text = ""
    l4: Text = ""
    l5: Text = ""
    l6: Text = ""
    action: Text = ""
    pain: Text = ""
    mode: Mode | None = None
    capability: Capability | None = None
    journey: Text = ""
    process: Text = ""
    activity: Text = ""
    role: Text = ""
    object: Text = ""
    data: Text = ""
    standards: Text = ""
    tools: Text = ""
    technique: Text = ""
    inputs: Text = ""
    outputs: Text = ""
    feasibility: Score | None = None
    revenue: Score | None = None
    cost: Score | None = None
    experience: Score | None = None
    technology: Score | None = None
    integration: Score | None = None
    change: Score | None = None
    regulation: Score | None = None
    data_quality: Score | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.action or self.pain or any(getattr(self, level) for level in LEVELS)):
            raise ValueError("it names no level, no Action and no pain point")
        given = [name for name in (*VALUES, *DIFFICULTIES, *EASES) if getattr(self, name) is not None]
        if given and not self.is_scene:
            missing = [name for name in (*VALUES, *DIFFICULTIES, *EASES) if getattr(self, name) is None]
            raise ValueError(f"a scene needs all its figures; {', '.join(missing)} are missing")
        if given and not (self.action or self.pain):
            raise ValueError("figures of a scene need an Action or a pain point that they are of")
        return self

    @property
    def is_scene(self) -> bool:
        """Whether all figures of value and difficulty are there."""
        return all(getattr(self, name) is not None for name in (*VALUES, *DIFFICULTIES, *EASES))

    @property
    def title(self) -> str:
        """What people call it."""
        named = [getattr(self, level) for level in reversed(LEVELS) if getattr(self, level)]
        return self.action or self.pain or named[0]

    @property
    def path(self) -> tuple[str, ...]:
        """Its place in the architecture, from the domain down."""
        return tuple(getattr(self, level) for level in LEVELS if getattr(self, level))


class Weights(_Part):
    """How much each figure counts in this company; a weight of 0 leaves it out."""

    revenue: Weight = Decimal(1)
    cost: Weight = Decimal(1)
    experience: Weight = Decimal(1)
    technology: Weight = Decimal(1)
    integration: Weight = Decimal(1)
    change: Weight = Decimal(1)
    regulation: Weight = Decimal(1)
    data_quality: Weight = Decimal(1)

    @model_validator(mode="after")
    def _something_counts(self) -> Self:
        for names, what in ((VALUES, "value"), ((*DIFFICULTIES, *EASES), "difficulty")):
            if not any(getattr(self, name) for name in names):
                raise ValueError(f"at least one figure of {what} must count")
        return self

    def of(self) -> Mapping[str, Decimal]:
        """By the name of the figure."""
        return {name: getattr(self, name) for name in (*VALUES, *DIFFICULTIES, *EASES)}


class Landscape(_Part):
    """The whole list with the company's weights."""

    weights: Weights = Weights()
    nodes: Annotated[tuple[Node, ...], Field(max_length=MOST)] = ()


def read(text: str, source: str) -> Landscape:
    """Read a landscape from YAML.

    Raises:
        PlanError: it is no YAML, or a row does not fit; names the file and the place in it.
    """
    try:
        return Landscape.model_validate(yaml.safe_load(text) or {})
    except yaml.YAMLError as error:
        raise PlanError(f"it is no YAML: {error}", where=source) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        said = str(first["msg"]).removeprefix("Value error, ")
        raise PlanError(said, where=f"{source}, {place}" if place else source) from error


def written(landscape: Landscape) -> str:
    """A landscape as YAML; what a row leaves out is left out."""
    data = {
        "weights": {name: str(weight) for name, weight in landscape.weights.of().items()},
        "nodes": [
            {name: value for name, value in node.model_dump().items() if value not in ("", None)}
            for node in landscape.nodes
        ],
    }
    text: str = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000)
    return text
