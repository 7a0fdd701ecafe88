"""The inquiry clerk: what a mail, sheet, scan or order asks for, with confidence and evidence."""

from mainspring.agents.skills.extract.clerk import understand
from mainspring.agents.skills.extract.customers import Customer, CustomerIndex
from mainspring.agents.skills.extract.language import FOREIGN
from mainspring.agents.skills.extract.understanding import KINDS, Evidence, Field, Line, Understanding

__all__ = [
    "FOREIGN",
    "KINDS",
    "Customer",
    "CustomerIndex",
    "Evidence",
    "Field",
    "Line",
    "Understanding",
    "understand",
]
