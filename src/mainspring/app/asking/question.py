"""What a question is asked with: who asks, where, in which language; and how figures are said in it."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from mainspring.app.asking.answer import Language
from mainspring.app.asking.errors import Forbidden
from mainspring.app.house import House
from mainspring.gateway import Caller
from mainspring.govern.principal import Principal
from mainspring.govern.resources import COMPANY, process
from mainspring.store import Store, Tx

MaySee = Callable[[str], bool]
_SPANS = (("d", "天", 86_400), ("h", "小时", 3_600), ("min", "分钟", 60))
_TWICE = 2


class Reading:
    """A read transaction that is opened when it is first needed, and given back in between.

    A thread has one transaction at a time, and some of what is asked for reads in one of its own.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._open = ExitStack()
        self._tx: Tx | None = None

    @property
    def tx(self) -> Tx:
        """The transaction."""
        if self._tx is None:
            self._tx = self._open.enter_context(self._store.read())
        return self._tx

    def close(self) -> None:
        """Give the transaction back; the next use opens another."""
        self._tx = None
        self._open.close()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question under way.

    Attributes:
        reading: the transaction at hand.
        names: element to its name in both languages.
        may_see: whether whoever asks may see a process.
        now: the moment of the question.
        today: the day that "last month" is reckoned from; the last of the books where they ended long ago.
        entities: what it is about, by kind: case, customer, product, ...
        words: the words that its kind made use of.
    """

    house: House
    reading: Reading
    names: Mapping[str, str]
    principal: Principal
    may_see: MaySee
    language: Language
    now: datetime
    today: date
    entities: Mapping[str, str] = field(default_factory=dict)
    words: frozenset[str] = frozenset()

    @property
    def tx(self) -> Tx:
        """A read transaction."""
        return self.reading.tx

    def leave(self) -> House:
        """The house, for what reads in a transaction of its own."""
        self.reading.close()
        return self.house

    @property
    def me(self) -> str:
        """Whose desk it is: one's own, or that of the person one stands in for."""
        return self.principal.on_behalf_of or self.principal.id

    def say(self, en: str, zh: str) -> str:
        """The text in the language of the question."""
        return zh if self.language == "zh" else en

    def title(self, text: str | Mapping[str, str] | None) -> str:
        """The part of a text in both languages that is of this one."""
        if not text:
            return ""
        if not isinstance(text, str):
            return text.get(self.language) or next(iter(text.values()), "")
        english, both, chinese = text.partition(" · ")
        return chinese if both and self.language == "zh" else english

    def demand(self, action: str) -> None:
        """Return when whoever asks may do this in the company.

        Raises:
            Forbidden: they may not, with the rule.
        """
        decision = self.house.policies.decide(self.principal, action, COMPANY)
        if not decision.allowed:
            raise Forbidden(decision.because)

    def demand_reading(self, operation: str) -> None:
        """Return when whoever asks may read by this operation of the business systems.

        Raises:
            Forbidden: they may not, with the rule.
        """
        known = self.house.gateway.registry.every()
        resource = next(one.resource for one in known if one.operation.name == operation)
        decision = self.house.policies.decide(self.principal, "call", resource)
        if not decision.allowed:
            raise Forbidden(decision.because)

    def call(self, operation: str, **arguments: Any) -> Any:
        """Read by an operation of the business systems, through the gateway, which records who read.

        Raises:
            Forbidden: they may not, with the rule.
        """
        self.demand_reading(operation)
        with self.leave().store.write() as tx:
            return self.house.gateway.call(tx, Caller(self.principal), operation, arguments)

    def demand_seeing(self, process_id: str) -> None:
        """Return when whoever asks may see cases of this process.

        Raises:
            Forbidden: they may not, with the rule.
        """
        if not self.may_see(process_id):
            raise Forbidden(self.house.policies.decide(self.principal, "see", process(process_id)).because)

    def number(self, value: Decimal | float) -> str:
        """A number with at most two decimals."""
        text = f"{Decimal(value).quantize(Decimal('0.01'), ROUND_HALF_UP):,f}"
        return text.rstrip("0").rstrip(".") if "." in text else text

    def money(self, value: Decimal | None, currency: str | None) -> str:
        """An amount with its currency."""
        return "–" if value is None else f"{value:,.2f} {currency or ''}".strip()

    def share(self, value: Decimal | float | None) -> str:
        """A share of 1 as a percentage."""
        return "–" if value is None else f"{float(value):.1%}"

    def span(self, seconds: Decimal | float | None) -> str:
        """A time in the unit that suits it."""
        if seconds is None:
            return "–"
        for en, zh, size in _SPANS:
            if seconds >= _TWICE * size:
                return f"{float(seconds) / size:.1f} {self.say(en, zh)}"
        return f"{float(seconds):.0f} {self.say('s', '秒')}"

    def moment(self, at: datetime | None) -> str:
        """A moment in UTC to the minute."""
        return "–" if at is None else f"{at:%Y-%m-%d %H:%M}"

    def day(self, at: datetime | None) -> str:
        """A day."""
        return "–" if at is None else f"{at:%Y-%m-%d}"

    def figure(self, value: Any, kind: str, currency: str | None) -> str:
        """A figure of a metric in its format."""
        if value is None:
            return "–"
        if kind == "money":
            return self.money(Decimal(value), currency)
        if kind == "share":
            return self.share(value)
        return self.span(value) if kind == "duration" else self.number(value)
