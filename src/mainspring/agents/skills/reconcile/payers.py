"""Who paid: customers by bank account, by number and by the name as a bank shows it."""

import re
from typing import Literal, NamedTuple

from rapidfuzz import fuzz, process

_LEGAL = re.compile(
    r"\b(?:gmbh|ag|kg|ohg|ug|mbh|co|ltd|limited|llc|inc|plc|corp|sarl|sas|srl|bv|nv|oy|ab)\b|有限公司|有限责任公司|股份",
    re.IGNORECASE,
)
_ALIKE = 88.0
_LEAD = 6.0
_SHORTEST_CUT = 8  # banks cut names at 27 characters or so; shorter beginnings are shared
_ACCOUNT_CACHE = 20_000

Way = Literal["account", "number", "name", "unknown"]


class Payer(NamedTuple):
    """A customer and how the payer was recognised."""

    customer_id: str
    way: Way


NOBODY = Payer("", "unknown")


def plain(name: str) -> str:
    """A firm's name without legal form, case and punctuation."""
    return " ".join(re.sub(r"[^\w]+", " ", _LEGAL.sub(" ", name.casefold())).split())


class Payers:
    """Customers who may pay."""

    def __init__(self) -> None:
        self._accounts: dict[str, set[str]] = {}
        self._names: dict[str, set[str]] = {}
        self._ids: set[str] = set()
        self._by_name: dict[str, Payer] = {}

    def add(self, customer_id: str, name: str, account: str) -> None:
        """Let a customer be recognised; a second name or account is added to the first."""
        if not customer_id:
            return
        self._ids.add(customer_id)
        if account:
            self._accounts.setdefault(squeeze_account(account), set()).add(customer_id)
        if (key := plain(name)) and customer_id not in self._names.setdefault(key, set()):
            self._names[key].add(customer_id)
            self._by_name.clear()

    def learn_account(self, account: str, customer_id: str) -> None:
        """Remember from whose account a booked payment came."""
        if account and customer_id:
            self._accounts.setdefault(squeeze_account(account), set()).add(customer_id)

    def recognise(self, name: str, account: str, numbers: tuple[str, ...]) -> Payer:
        """The customer that paid, if one is clearly meant."""
        owners = self._accounts.get(squeeze_account(account), set()) if account else set()
        if len(owners) == 1:
            return Payer(next(iter(owners)), "account")
        named = {number for number in numbers if number in self._ids}
        if len(named) == 1:
            return Payer(named.pop(), "number")
        key = plain(name)
        if not key:
            return NOBODY
        payer = self._by_name.get(key)
        if payer is None:
            if len(self._by_name) > _ACCOUNT_CACHE:
                self._by_name.clear()
            payer = self._by_name[key] = self._recognise_name(key)
        return payer

    def _recognise_name(self, key: str) -> Payer:
        same = self._names.get(key)
        if same is not None:
            return Payer(next(iter(same)), "name") if len(same) == 1 else NOBODY
        cut = [name for name in self._names if len(key) >= _SHORTEST_CUT and name.startswith(key)]
        if len(cut) == 1:
            return self._only_owner(cut[0])
        figures = _figures(key)
        near = [
            (score, name)
            for name, score, _ in process.extract(
                key, self._names.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE - _LEAD
            )
            if _figures(name) == figures
        ]
        if not near or near[0][0] < _ALIKE or (len(near) > 1 and near[1][0] > near[0][0] - _LEAD):
            return NOBODY
        return self._only_owner(near[0][1])

    def _only_owner(self, name: str) -> Payer:
        owners = self._names[name]
        return Payer(next(iter(owners)), "name") if len(owners) == 1 else NOBODY


def _figures(name: str) -> str:
    return "".join(letter for letter in name if letter.isdigit())


def squeeze_account(account: str) -> str:
    """An account number without spaces, in capitals."""
    return "".join(account.split()).upper()
