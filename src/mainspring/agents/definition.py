"""What a digital employee is: read from YAML, checked, frozen."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from mainspring import feel
from mainspring.agents.errors import AgentDefinitionError


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Review(_Part):
    """Who looks at a draft that the employee is not sure of, and in which form."""

    group: str
    form: str
    title: Mapping[str, str]


class Check(_Part):
    """What must hold of a draft before it is done alone.

    Args:
        must: a FEEL expression over the variables of the case and the values of the draft; anything but true
            is a doubt.
        doubt: what the doubt says to whoever reviews.
    """

    must: str
    doubt: str = Field(min_length=1, max_length=200)

    @field_validator("must")
    @classmethod
    def _is_feel(cls, text: str) -> str:
        try:
            feel.compile(text)
        except feel.FeelSyntaxError as error:
            raise ValueError(str(error)) from error
        return text


class Duty(_Part):
    """One activity that the employee does.

    Args:
        skill: the name of the pack's skill that does the work.
        alone_from: the confidence in [0, 1] from which it acts without a review; with a `risk_target` the
            confidence below which it never does, whatever was learned.
        risk_target: the share of errors that may pass unseen here. The confidence from which it acts alone is
            then learned from reviews, and at the beginning everything is reviewed.
        review: where an unsure draft goes; None for work that has nothing to be unsure about.
        model: the profile of the language model that drafts; None where the skill does.
        verify: what must hold of a draft, beyond what the skill itself looks for.
        rounds: how often it may hand over within one case before a person decides whether to go on.
    """

    skill: str
    alone_from: float = Field(default=0.0, ge=0, le=1)
    risk_target: Decimal | None = Field(default=None, gt=0, lt=1)
    review: Review | None = None
    model: str | None = None
    verify: tuple[Check, ...] = ()
    rounds: int = Field(default=10, ge=1, le=1000)

    @model_validator(mode="after")
    def _promises_need_people(self) -> "Duty":
        if self.risk_target is not None and self.review is None:
            raise ValueError("a duty with a risk_target needs a review: who would see the drafts otherwise?")
        if self.model is not None and self.review is None:
            raise ValueError("a duty with a model needs a review: someone must see what does not fit")
        if self.verify and self.review is None:
            raise ValueError("a duty that verifies needs a review: someone must see what is in doubt")
        return self


class AgentDefinition(_Part):
    """A digital employee.

    Args:
        id: opaque and stable; the actor's id in the log.
        title: job title by language.
        kind: task, analysis or expert.
        instructions: what it is told to do, in words.
        version: raised whenever what it does changes; promises about errors begin anew with it.
        operations: the gateway operations that it may call, and no others.
        duties: activity (job type) to how it is done.
        knowledge: tables whose rows a model is shown where a case speaks of them.
        output: JSON schema of what a model must answer; None where only skills work.
        budget: tokens that it may spend in a calendar month (UTC); None for no bound.
        audit_share: the share of automatic cases under a promise that a person looks at all the same.
        authority: the widest grade that its owner gives it, A1 to A5; it never widens the ladder.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]{0,62}$")
    title: Mapping[str, str]
    kind: Literal["task", "analysis", "expert"]
    instructions: str
    version: int = Field(default=1, ge=1)
    operations: tuple[str, ...]
    duties: Mapping[str, Duty]
    knowledge: tuple[str, ...] = ()
    output: Mapping[str, Any] | None = None
    budget: int | None = Field(default=None, ge=0)
    audit_share: Decimal = Field(default=Decimal("0.05"), gt=0, le=1)
    authority: Literal["A1", "A2", "A3", "A4", "A5"] = "A5"

    @model_validator(mode="after")
    def _title_in_both_languages(self) -> "AgentDefinition":
        missing = {"en", "zh"} - set(self.title)
        if missing:
            raise ValueError(f"the title lacks {', '.join(sorted(missing))}")
        if self.output is None and any(duty.model for duty in self.duties.values()):
            raise ValueError("a model needs the schema of its output: add `output`")
        return self


def read(text: str, source: str) -> AgentDefinition:
    """Read one definition.

    Raises:
        AgentDefinitionError: not YAML, or a field is missing or wrong; names file and field.
    """
    try:
        fields = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise AgentDefinitionError(f"not valid YAML: {error}", where=source) from error
    return checked(fields, source)


def checked(fields: Any, source: str) -> AgentDefinition:
    """A definition made of its fields.

    Raises:
        AgentDefinitionError: a field is missing or wrong; names file and field.
    """
    try:
        return AgentDefinition.model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise AgentDefinitionError(
            first["msg"], where=f"{source}, {field}" if field else source, mend="Correct the field."
        ) from error
