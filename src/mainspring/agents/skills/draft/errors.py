"""What can be wrong with a template."""

from mainspring.base.errors import MainspringError


class TemplateError(MainspringError):
    """The template must be mended: a mark that is not closed, a form that is not known."""
