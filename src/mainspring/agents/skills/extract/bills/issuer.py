"""Who issued a bill: names of firms, weighed by where they stand and by what speaks for them.

Named as seller, repeated, with a legal form, at the head, and sharing a word with the bill's own web or mail
address; what stands under "bill to" and the like is the customer and not the issuer.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mainspring.agents.skills.extract.bills.rows import Row
from mainspring.agents.skills.extract.understanding import Evidence, Field
from mainspring.base.bilingual import both, joined

_LEGAL = re.compile(
    r"(?<![^\W_])(?:gmbh(?: & co\.? kg)?|ag|kg|ug|ohg|e\.?\s?k\.?|inc|llc|ltd|limited|plc|corp|co|"
    r"b\.?\s?v|n\.?\s?v|s\.?a\.?s|sarl|s\.?a|s\.?r\.?l|oy|ab|a/s|sdn\.?\s?bhd|bhd|pvt\.?\s?ltd|pte\.?\s?ltd|"
    r"private limited|enterprises?|trading|holdings?)(?![^\W_])\.?"
    r"|(?:有限责任公司|股份有限公司|有限公司|公司|商行|商店|超市|饭店|酒店)",
)
_NAMED = re.compile(
    r"(?:^|[|–•-]\s)(?:sold by|seller|vendor|supplier|service provider|issued by|issuer|"
    r"from|payment received by|received by|account holder|titulaire du compte|kontoinhaber|"
    r"verkäufer|lieferant|verkoper|"
    r"销售方|销方|开票方|收款人|收款单位|卖方)(?:\s?名称)?\s?[:：]?\s+(?P<name>\S.*)$"
)
_CUSTOMER = re.compile(
    r"(?:bill(?:ed)? to|ship(?:ped)? to|sold to|deliver to|invoice to|billing address|shipping address|attn|"
    r"customer name|guest name|factuuradres|afleveradres|rechnungsadresse|lieferadresse|"
    r"adresse de facturation|"
    r"t\.?a\.?v\.?|客户|购买方|购方|买方|收货人)"
)
_ADDRESS = re.compile(
    r"(?:https?://)?(?:[\w.-]+@)?((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,6})(?![a-z0-9])"
)
_FREE_MAIL = frozenset(
    {"gmail", "hotmail", "yahoo", "outlook", "icloud", "qq", "163", "126", "example", "gmx", "aol"}
)
_SUFFIXES = frozenset({"www", "com", "org", "net", "co", "mail", "info"})
_NO_NAME = re.compile(
    r"\d{3,}|[@:：]|#|^\W*(?:tax |simplified |retail |sales |copy of )*"
    r"(?:invoice|receipt|bill|rechnung|facture|factuur|发票|cash|page|date|total|tel|fax|payment|statement)\b"
    r"|\b(?:street|str|road|rd|avenue|jalan|jln|rue|straat|weg|floor|tel|fax|phone|gst|vat|no)\b|http"
)
_FOLLOWS = re.compile(
    r"\s[-–•|]\s|\s(?=\S+@)|,\s*$|\s{2,}|\s*\(\s*(?:co\.?\s*reg|\d)|\s(?:tax )?(?:invoice|receipt|bill)\s*$",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\.?\s*(?:$|[,;:(（|•·*-]|\s{2})")
"""What may follow a firm's name, so that a sentence about a company is none."""
_WORDS = re.compile(r"[^\W_]+")
_HEAD = 6
_LONGEST = 70
_CUSTOMER_ROWS = 4
_MOST_WORDS = 8
_SHORTEST = 3
"""Letters from which a name or the name in an address says anything."""
_AGAIN = both("printed again", "再次出现")
_IN_ADDRESS = both("as in its web or mail address", "与其网址或邮箱一致")
_NAMED_SELLER = both("named as the seller", "标明为卖方")
_LEGAL_FORM = both("a firm by its legal form", "名称带有公司形式")
_HEAD_OF_PAGE = both("at the head of the page", "位于页首")


@dataclass(slots=True)
class _Name:
    text: str
    row: Row
    weight: float = 0.0
    why: list[str] = field(default_factory=list)

    def add(self, weight: float, why: str) -> None:
        self.weight += weight
        self.why.append(why)


def issuer(found: Sequence[Row]) -> Field[str]:
    """The firm that issued the bill, as printed."""
    names: dict[str, _Name] = {}
    domains = _domains(found)
    for row, text, weight, why in _candidates(found):
        key = plain(text)
        if not key:
            continue
        name = names.setdefault(key, _Name(text, row))
        if why not in name.why:
            name.add(weight, why)
        elif _AGAIN not in name.why:
            name.add(0.7, _AGAIN)
    for key, name in names.items():
        if any(_shares(key, domain) for domain in domains):
            name.add(2.0, _IN_ADDRESS)
    if not names:
        return Field(None)
    ranked = sorted(names.values(), key=lambda one: -one.weight)
    best = ranked[0]
    lead = best.weight - (ranked[1].weight if len(ranked) > 1 else 0.0)
    sure = min(0.95, 0.3 + 0.12 * best.weight + 0.1 * min(lead, 2.0))
    return Field(best.text, sure, (Evidence(best.text, best.row.place, joined(best.why, ", ", "、")),))


def plain(name: str) -> str:
    """A firm's name without marks, spacing and legal form, for comparing."""
    return "".join(_WORDS.findall(_LEGAL.sub(" ", name.casefold()))) or "".join(
        _WORDS.findall(name.casefold())
    )


def _candidates(found: Sequence[Row]) -> Iterator[tuple[Row, str, float, str]]:
    customer = 0
    for head, row in enumerate(found):
        if any(_CUSTOMER.search(cell) for cell in row.folded):
            customer = _CUSTOMER_ROWS
        for text, cell in zip(row.cells, row.folded, strict=True):
            if (named := _NAMED.search(cell)) and _named_so(text[named.start("name") :]):
                yield row, _cut(text[named.start("name") :]), 2.5, _NAMED_SELLER
            elif customer == 0 and (name := _firm(text, cell)):
                yield row, name, 1.5, _LEGAL_FORM
            if head < _HEAD and customer == 0 and _may_be(short := _cut(text)):
                yield row, short, 1.6 - 0.2 * head, _HEAD_OF_PAGE
        customer = max(0, customer - 1)


def _firm(text: str, cell: str) -> str | None:
    """The part of a text up to a legal form, where it is a name and no sentence."""
    match = _LEGAL.search(cell)
    if match is None or len(cell) > 2 * _LONGEST or not _ENDS.match(cell, match.end()):
        return None
    start = max(cell.rfind(sign, 0, match.start()) for sign in "-|:•·;")
    name = text[start + 1 : match.end()].strip(" ,-")
    letters = sum(sign.isalpha() for sign in _LEGAL.sub(" ", name.lower()))
    whole = letters > 1 and not name[0].islower() and len(name.split()) <= _MOST_WORDS
    return name if whole and not re.search(r"\d{3,}|@", name) else None


def _named_so(text: str) -> bool:
    """Whether a text after a label is a name and not the rest of a sentence."""
    return _may_be(text) and not text[0].islower()


def _may_be(text: str) -> bool:
    """Whether a text may be a name at all: letters, not too many, no number, address or heading."""
    letters = sum(sign.isalpha() for sign in text)
    return 1 < letters <= len(text) <= _LONGEST and not _NO_NAME.search(text.lower())


def _cut(text: str) -> str:
    """A name without the address, number or heading that follows it."""
    return _FOLLOWS.split(text.strip())[0].strip(" ,:;.-–") or text


def _domains(found: Sequence[Row]) -> set[str]:
    """The names in web and mail addresses of the bill, without endings and free mail houses."""
    said = set()
    for row in found:
        for cell in row.folded:
            for match in _ADDRESS.finditer(cell):
                parts = [part for part in match[1].split(".")[:-1] if part not in _SUFFIXES]
                said |= {part for part in parts if part not in _FREE_MAIL and len(part) >= _SHORTEST}
    return said


def _shares(name: str, domain: str) -> bool:
    """Whether a name stands for a domain: one begins with the other, without marks."""
    short = re.sub(r"[^a-z0-9]", "", domain)
    if min(len(short), len(name)) < _SHORTEST:
        return False
    return name.startswith(short) or short.startswith(name)
