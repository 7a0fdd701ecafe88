"""A bill read: all fields, and why a person should look."""

from typing import Any

from mainspring.agents.skills.extract.bills.amounts import currency
from mainspring.agents.skills.extract.bills.issued import issued
from mainspring.agents.skills.extract.bills.issuer import issuer
from mainspring.agents.skills.extract.bills.model import Bill
from mainspring.agents.skills.extract.bills.number import number
from mainspring.agents.skills.extract.bills.rows import rows
from mainspring.agents.skills.extract.bills.total import total
from mainspring.agents.skills.extract.understanding import Field
from mainspring.knowledge.documents import Document

_MOST_ROWS = 3000
_DOUBTFUL = 0.9


def read_bill(document: Document) -> Bill:
    """Issuer, day, number, total and currency of an invoice or receipt.

    Args:
        document: as `mainspring.knowledge.documents.read` gives it: PDF with text, scan, photograph, text,
        mail
            with the bill attached.

    Never fails: what cannot be told has the value None, and a document that says nothing gives a bill of such
    fields with the reason among its doubts.
    """
    found = rows(document)
    doubts = [
        f"{problem.where}: {problem.message}" if problem.where else problem.message
        for problem in document.all_problems()
    ]
    if not found:
        doubts.append("the document says nothing that could be read; look at the original")
    elif len(found) > _MOST_ROWS:
        doubts.append(f"the document has {len(found)} lines; only the first {_MOST_ROWS} were read as a bill")
        found = found[:_MOST_ROWS]
    money = currency(cell for row in found for cell in row.folded)
    bill = Bill(
        issuer(found), issued(found), number(found), total(found), Field(*money) if money else Field(None)
    )
    named: dict[str, Field[Any]] = {
        "issuer": bill.issuer,
        "date": bill.issued,
        "number": bill.number,
        "total": bill.total,
    }
    for name, value in named.items():
        if value.value is None:
            doubts.append(f"no {name} was found")
        elif value.confidence < _DOUBTFUL:
            doubts.append(f"the {name} {value.value} is not certain ({value.confidence:.0%})")
    return Bill(bill.issuer, bill.issued, bill.number, bill.total, bill.currency, tuple(doubts))
