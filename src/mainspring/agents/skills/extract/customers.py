"""Who wrote: the customer in the company's books, by address, tax number or name."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from mainspring.agents.skills.specification import fold
from mainspring.base.bilingual import both

# Domains that many companies share: they tell no customer.
_SHARED = frozenset(
    {
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "hotmail.com",
        "live.com",
        "yahoo.com",
        "icloud.com",
        "aol.com",
    }
    | {
        "qq.com",
        "163.com",
        "126.com",
        "foxmail.com",
        "sina.com",
        "gmx.de",
        "gmx.net",
        "web.de",
        "t-online.de",
    }
)
_LEGAL = re.compile(
    (
        r"\b(?:gmbh(?:\s*&\s*co\.?\s*kg)?|co\.?,?\s*ltd\.?|ltd\.?|limited|inc\.?|llc|ag|kg|"
        r"ohg|e\.?k\.?|s\.?a\.?r\.?l\.?|s\.?a\.?|s\.?r\.?l\.?|s\.?p\.?a\.?|"
        r"b\.?v\.?|n\.?v\.?|a/?s|ab|oy|plc|corp\.?|company|pty)(?![a-z])|"
        r"(?:股份)?有限(?:责任)?公司|公司|集团|(?:服务|经营|工程)部|商行"
    ),
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z0-9äöüßàâçéèêëîïôûùñøåæœ]+|[\u4e00-\u9fff]")
_TAX = re.compile(r"[^A-Z0-9]")
_SHORTEST_NAME = 2
_BY_ADDRESS = both("the sender's address is in the books", "发件地址已登记")
_BY_DOMAIN = both("the only customer with this mail domain", "唯一使用该邮箱域名的客户")
_BY_TAX_ID = both("the tax number is in the books", "税号已登记")
_BY_NAME = both("the name is in the books", "名称已登记")


@dataclass(frozen=True, slots=True)
class Customer:
    """What the books say about a customer, as far as it helps to recognise them."""

    id: str
    name: str
    emails: tuple[str, ...] = ()
    tax_id: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recognised:
    """A customer's id, how sure it is, and the words that told."""

    id: str
    confidence: float
    text: str
    why: str


@dataclass(slots=True)
class CustomerIndex:
    """Customers by address, domain, tax number and name. Building it is linear, a look-up constant."""

    customers: Iterable[Customer]
    _by_email: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _by_domain: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _by_tax: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _by_name: dict[tuple[str, ...], set[str]] = field(default_factory=lambda: defaultdict(set))
    _first: set[str] = field(default_factory=set)
    _longest: int = 0

    def __post_init__(self) -> None:
        for customer in self.customers:
            self._add(customer)

    def _add(self, customer: Customer) -> None:
        for email in customer.emails:
            address = email.strip().lower()
            self._by_email[address].add(customer.id)
            self._by_domain[address.rpartition("@")[2]].add(customer.id)
        if customer.tax_id:
            self._by_tax[_plain(customer.tax_id)].add(customer.id)
        for name in (customer.name, *customer.aliases):
            for words in (_words(name), _words(_LEGAL.sub(" ", name))):
                if len(words) >= _SHORTEST_NAME:
                    self._by_name[words].add(customer.id)
                    self._first.add(words[0])
                    self._longest = max(self._longest, len(words))

    def by_address(self, address: str) -> Recognised | None:
        """The customer with this e-mail address, or the only one with its domain."""
        address = address.strip().lower()
        known = self._by_email.get(address, set())
        if len(known) == 1:
            return Recognised(min(known), 0.98, address, _BY_ADDRESS)
        domain = address.rpartition("@")[2]
        same = self._by_domain.get(domain, set())
        if not known and len(same) == 1 and domain not in _SHARED:
            return Recognised(min(same), 0.85, domain, _BY_DOMAIN)
        return None

    def by_tax_id(self, text: str) -> Recognised | None:
        """The customer whose tax number stands in a text."""
        plain = _plain(text)
        found = {
            (number, customer) for number, ids in self._by_tax.items() if number in plain for customer in ids
        }
        if len({customer for _, customer in found}) != 1:
            return None
        number, customer = min(found)
        return Recognised(customer, 0.97, number, _BY_TAX_ID)

    def by_name(self, text: str) -> Recognised | None:
        """The only customer whose whole name stands in a text; the longest name wins."""
        words = _words(text)
        best: tuple[int, tuple[str, ...]] = (0, ())
        several = False
        for start, word in enumerate(words):
            if word not in self._first:
                continue
            for length in range(min(self._longest, len(words) - start), max(best[0], _SHORTEST_NAME) - 1, -1):
                name = words[start : start + length]
                if name not in self._by_name:
                    continue
                if length > best[0]:
                    best, several = (length, name), False
                elif name != best[1] and self._by_name[name] != self._by_name[best[1]]:
                    several = True
                break
        ids = self._by_name.get(best[1], set())
        if several or len(ids) != 1:
            return None
        return Recognised(min(ids), 0.9, " ".join(best[1]), _BY_NAME)


def _words(name: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(fold(name)))


def _plain(number: str) -> str:
    return _TAX.sub("", number.upper())
