"""Remittance texts that speak of something else than goods: wages, loans, deposits, refunds, rent, taxes."""

import re

_LATIN = (
    "salary|salaries|wages?|payroll|refunds?|rebate|deposit|loan|instalment|interest|rent|dividend|tax|"
    "pension|donation|grant|gehalt|lohn|miete|kaution|darlehen|zinsen|steuer|erstattung|spende"
)
_CHINESE = "工资|薪|退款|退税|保证金|押金|贷款|利息|房租|租金|股息|捐"
_OTHER = re.compile(rf"\b(?:{_LATIN})\b|{_CHINESE}", re.IGNORECASE)


def other_matter(text: str) -> str | None:
    """The word by which a text says that it does not pay for goods, if there is one."""
    found = _OTHER.search(text)
    return found[0] if found else None
