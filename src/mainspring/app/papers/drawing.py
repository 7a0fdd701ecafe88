"""A paper drawn up for whoever may read what it shows: as PDF, Excel or electronic invoice."""

from typing import Literal, NamedTuple

from mainspring.app.customer import firm
from mainspring.app.house import House
from mainspring.app.papers import books, excel, pdf, template, ubl
from mainspring.app.papers.paper import Kind, Language
from mainspring.govern.principal import Principal
from mainspring.store import Tx

Form = Literal["pdf", "xlsx", "ubl"]
_TYPES: dict[Form, tuple[str, str]] = {
    "pdf": ("application/pdf", "pdf"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "ubl": ("application/xml", "xml"),
}
_PICTURES = frozenset({"image/png", "image/jpeg"})
"""Of logos; one in SVG stays on the customer's page and the name stands alone on papers."""


class Drawn(NamedTuple):
    """A file: its bytes, its media type and the ending of its name."""

    content: bytes
    media_type: str
    ending: str


def drawn(
    house: House, by: Principal, kind: Kind, number: str, form: Form = "pdf", language: Language | None = None
) -> Drawn:
    """A paper for somebody of the firm, in the customer's language where none is named.

    Raises:
        Denied: they may not read what it shows.
        QuestionUnfit: the books have no such document.
        SetUpError: the electronic invoice lacks what the standard needs, or the template or font is unfit.
    """
    books.demand(house, by, kind)
    with house.store.read() as tx:
        return of(tx, house, kind, number, form, language)


def of(
    tx: Tx, house: House, kind: Kind, number: str, form: Form = "pdf", language: Language | None = None
) -> Drawn:
    """A paper, for callers that have asked who may see it; raises as `drawn` does."""
    paper, look = books.paper(tx, kind, number, house.clock()), template.in_force(tx)
    spoken = language or paper.party.language
    if form == "ubl":
        content = ubl.ubl(paper, look)
    elif form == "xlsx":
        content = excel.excel(paper, look, spoken)
    else:
        content = pdf.pdf(paper, look, spoken, _logo(tx))
    return Drawn(content, *_TYPES[form])


def _logo(tx: Tx) -> bytes | None:
    found = firm.logo(tx)
    return found[0] if found is not None and found[1] in _PICTURES else None
