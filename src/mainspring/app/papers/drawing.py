"""A paper drawn up for whoever may read what it shows: as PDF, Excel or electronic invoice."""

from typing import Literal, NamedTuple

from mainspring.app.customer import firm
from mainspring.app.errors import QuestionUnfit
from mainspring.app.house import House
from mainspring.app.papers import books, cii, excel, pdf, template, ubl
from mainspring.app.papers.paper import Kind, Language, Paper
from mainspring.govern.principal import Principal
from mainspring.store import Tx

Form = Literal["pdf", "xlsx", "ubl", "facturx", "wanted"]
"""`wanted`: the electronic form that stands in the customer's record."""
_TYPES: dict[str, tuple[str, str]] = {
    "pdf": ("application/pdf", "pdf"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "ubl": ("application/xml", "xml"),
    "facturx": ("application/pdf", "pdf"),
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
        QuestionUnfit: the books have no such document, or the customer wants no electronic form.
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
    made = _wanted(paper) if form == "wanted" else form
    if made == "ubl":
        content = ubl.ubl(paper, look)
    elif made == "facturx":
        content = facturx(paper, look, spoken, logo(tx))
    elif made == "xlsx":
        content = excel.excel(paper, look, spoken)
    else:
        content = pdf.pdf(paper, look, spoken, logo(tx))
    return Drawn(content, *_TYPES[made])


def facturx(paper: Paper, look: template.Template, language: str, logo: bytes | None = None) -> bytes:
    """The paper as Factur-X (ZUGFeRD 2), profile EN 16931: PDF/A-3 with the same figures inside as XML.

    Raises:
        SetUpError: the standard needs more than is there, the sums break its rules, or a font is lacking.
    """
    ubl.ubl(paper, look)  # holds the figures against the rules of arithmetic, which are those of the standard
    return pdf.pdf(paper, look, language, logo, cii.cii(paper, look))


def _wanted(paper: Paper) -> str:
    if not paper.party.e_invoice:
        said = f"the customer of {paper.number} wants no electronic form"
        mend = "Say which in the customer's record (e_invoice), or ask for ubl or facturx."
        raise QuestionUnfit(said, where=paper.number, mend=mend)
    return paper.party.e_invoice


def logo(tx: Tx) -> bytes | None:
    """The firm's logo where it is a picture that papers can show."""
    found = firm.logo(tx)
    return found[0] if found is not None and found[1] in _PICTURES else None
