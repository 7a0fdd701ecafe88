"""The set-up guide: the company, how far it is set up, and people read from a spreadsheet."""

from typing import Literal

from mainspring.app.set_up import Company
from mainspring.web.shapes.parts import Shape


class CompanyShape(Shape):
    """The company; number 0 before any was kept. `mailbox`: the service that mail comes and goes by."""

    number: int
    company: Company
    first_run: bool
    mailbox: str
    models: list[str]


class PersonRead(Shape):
    """A person in a spreadsheet; `problem` is the field that does not fit, empty where all do."""

    line: int
    id: str
    name: str
    email: str
    role: str
    problem: Literal["", "id", "name", "role"]


class PeopleRead(Shape):
    """All people of a spreadsheet."""

    items: list[PersonRead]
