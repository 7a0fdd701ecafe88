"""What a digital employee is: read from YAML, checked, frozen."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from mainspring.agents.errors import AgentDefinitionError


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Review(_Part):
    """Who looks at a draft that the employee is not sure of, and in which form."""

    group: str
    form: str
    title: Mapping[str, str]


class Duty(_Part):
    """One activity that the employee does.

    Args:
        skill: the name of the pack's skill that does the work.
        alone_from: the confidence in [0, 1] from which it acts without a review.
        review: where an unsure draft goes; None for work that has nothing to be unsure about.
    """

    skill: str
    alone_from: float = Field(default=0.0, ge=0, le=1)
    review: Review | None = None


class AgentDefinition(_Part):
    """A digital employee.

    Args:
        id: opaque and stable; the actor's id in the log.
        title: job title by language.
        kind: task, analysis or expert.
        instructions: what it is told to do, in words.
        version: raised whenever what it does changes.
        operations: the gateway operations that it may call, and no others.
        duties: activity (job type) to how it is done.
        risk_target: the share of unseen errors that the owner accepts.
        audit_share: the share of automatic cases that a person looks at all the same.
    """

    id: str
    title: Mapping[str, str]
    kind: Literal["task", "analysis", "expert"]
    instructions: str
    version: int = 1
    operations: tuple[str, ...]
    duties: Mapping[str, Duty]
    risk_target: Decimal = Decimal("0.02")
    audit_share: Decimal = Decimal(0)


def read(text: str, source: str) -> AgentDefinition:
    """Read one definition.

    Raises:
        AgentDefinitionError: not YAML, or a field is missing or wrong; names file and field.
    """
    try:
        return AgentDefinition.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        raise AgentDefinitionError(f"not valid YAML: {error}", where=source) from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise AgentDefinitionError(
            first["msg"], where=f"{source}, {field}", mend="Correct the field."
        ) from error
