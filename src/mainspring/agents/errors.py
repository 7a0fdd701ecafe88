"""What can go wrong with digital employees."""

from mainspring.base.errors import MainspringError


class AgentDefinitionError(MainspringError):
    """The definition of a digital employee must be mended."""


class AnswerRefused(MainspringError):  # noqa: N818 - says what happened, as the person reads it
    """A person's answer does not fit the task; nothing was done."""


class SkillError(MainspringError):
    """A skill does what no skill may; its developer mends it."""
