"""What can go wrong with digital employees."""

from mainspring.base.errors import MainspringError


class AgentDefinitionError(MainspringError):
    """The definition of a digital employee must be mended."""


class AnswerRefused(MainspringError):  # noqa: N818 - says what happened, as the person reads it
    """A person's answer does not fit the task; nothing was done."""


class SkillError(MainspringError):
    """A skill does what no skill may; its developer mends it."""


class ReleaseRefused(MainspringError):  # noqa: N818 - says what happened, as the owner reads it
    """A version cannot be released, withdrawn or stopped so; nothing changed."""


class NobodyThere(ReleaseRefused):
    """No digital employee of that id works here."""


class LearningRefused(MainspringError):  # noqa: N818 - likewise
    """A correction or a proposed rule cannot be dealt with so; nothing changed."""


class Unfinished(MainspringError):  # noqa: N818 - likewise
    """The work could not be done now; the job's next attempt begins where this one stopped."""
