"""The template of papers."""

from mainspring.web.shapes.parts import Shape


class PaperTemplate(Shape):
    """The text in force."""

    text: str


class TemplatePut(Shape):
    """The number of the version that was put in force."""

    number: int
