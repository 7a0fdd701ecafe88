"""Texts from templates in English and Chinese: values put in their place, nothing evaluated, gaps named."""

from mainspring.agents.skills.draft.errors import TemplateError
from mainspring.agents.skills.draft.filling import Letter, fill
from mainspring.agents.skills.draft.template import LANGUAGES, Language, Template, read_template

__all__ = ["LANGUAGES", "Language", "Letter", "Template", "TemplateError", "fill", "read_template"]
