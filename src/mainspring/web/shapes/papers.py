"""The template of papers."""

from mainspring.app.papers.template import Template
from mainspring.web.shapes.parts import Shape


class PaperTemplate(Shape):
    """The text in force, and what it says."""

    text: str
    values: Template


class TemplatePut(Shape):
    """The number of the version that was put in force."""

    number: int
