"""A bill read: all fields, and why a person should look."""

from typing import Any

from mainspring.agents.skills.extract.bills.amounts import currency
from mainspring.agents.skills.extract.bills.issued import issued
from mainspring.agents.skills.extract.bills.issuer import issuer
from mainspring.agents.skills.extract.bills.model import Bill
from mainspring.agents.skills.extract.bills.number import number
from mainspring.agents.skills.extract.bills.rows import rows
from mainspring.agents.skills.extract.bills.total import total
from mainspring.agents.skills.extract.noted import noted
from mainspring.agents.skills.extract.understanding import Field
from mainspring.base.bilingual import both
from mainspring.knowledge.documents import Document

_MOST_ROWS = 3000
_DOUBTFUL = 0.9
_NOTHING = both(
    "the document says nothing that could be read; look at the original", "文件中没有能读出的内容；请看原件"
)
_CALLED = {
    "issuer": both("issuer", "开票方"),
    "date": both("date", "日期"),
    "number": both("number", "编号"),
    "total": both("total", "合计"),
}


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
    doubts: list[str] = [noted(problem) for problem in document.all_problems()]
    if not found:
        doubts.append(_NOTHING)
    elif len(found) > _MOST_ROWS:
        doubts.append(
            both(
                "the document has {count} lines; only the first {most} were read as a bill",
                "文件有 {count} 行；只按单据读取了前 {most} 行",
                count=len(found),
                most=_MOST_ROWS,
            )
        )
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
            doubts.append(both("no {name} was found", "没有找到{name}", name=_CALLED[name]))
        elif value.confidence < _DOUBTFUL:
            doubts.append(
                both(
                    "the {name} {value} is not certain ({sure:.0%})",
                    "{name} {value} 不确定（{sure:.0%}）",
                    name=_CALLED[name],
                    value=value.value,
                    sure=value.confidence,
                )
            )
    return Bill(bill.issuer, bill.issued, bill.number, bill.total, bill.currency, tuple(doubts))
