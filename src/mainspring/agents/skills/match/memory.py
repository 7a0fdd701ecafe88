"""Memory of confirmed wordings: what a text meant before, for whom, and how surely it means it again."""

from collections import Counter, deque
from dataclasses import dataclass, field
from sys import intern

from mainspring.base.bilingual import Bilingual, both

_RECENT = 50  # the latest confirmations decide where a wording changed its product
_MISS = 0.01
"""How often a wording that meant one product comes to mean another; each confirmation halves it at first."""


@dataclass(slots=True)
class Confirmed:
    """What one wording was confirmed to mean.

    Attributes:
        text: the wording as first written.
        counts: confirmations by product.
        recent: the latest confirmations, the last one at the end.
        times: confirmations by customer while the wording has one product only; most never have a second.
        customers: confirmations by customer and product, once there are several products.
    """

    text: str
    counts: Counter[str] = field(default_factory=Counter)
    recent: deque[str] = field(default_factory=lambda: deque(maxlen=_RECENT))
    times: dict[str, int] = field(default_factory=dict)
    customers: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, sku: str, count: int, customer: str | None) -> None:
        """Count confirmations, the latest last."""
        if self.times and sku not in self.counts:
            self._tell_products_apart()
        self.counts[sku] += count
        self.recent.extend([sku] * min(count, _RECENT))
        if not customer:
            return
        if len(self.counts) == 1 and not self.customers:
            self.times[intern(customer)] = self.times.get(customer, 0) + count
        else:
            self.customers.setdefault(customer, Counter())[sku] += count

    def _tell_products_apart(self) -> None:
        only = next(iter(self.counts))
        self.customers = {customer: Counter({only: count}) for customer, count in self.times.items()}
        self.times = {}

    def remove(self, sku: str, count: int, customer: str | None) -> None:
        """Take confirmations back."""
        if self.times:
            self._tell_products_apart()
        self.counts[sku] -= count
        if self.counts[sku] <= 0:
            del self.counts[sku]
        latest_first = list(reversed(self.recent))
        for _ in range(min(count, latest_first.count(sku))):
            latest_first.remove(sku)
        self.recent = deque(reversed(latest_first), maxlen=_RECENT)
        if customer and (own := self.customers.get(customer)) is not None:
            own[sku] -= count
            self.customers[customer] = +own

    def verdict(self, customer: str | None) -> tuple[str, float, str]:
        """The likeliest product for who asks, how sure it is, and why in words."""
        if len(self.counts) == 1:
            ((sku, count),) = self.counts.items()
            why = both("this wording was confirmed {times}", "这个说法已确认 {times}", times=times(count))
            return sku, 1.0 - _MISS / (count + 1), why
        own = self.customers.get(customer) if customer else None
        if own and len(own) == 1:
            ((sku, count),) = own.items()
            # A customer stays with a product in about nine of ten cases; each repetition halves the doubt.
            sure = 1.0 - 0.1 * 0.5 ** (count - 1)
            why = both(
                "this customer meant {sku} by this wording {times}",
                "该客户用这个说法指 {sku} 已有 {times}",
                sku=sku,
                times=times(count),
            )
            return sku, sure, why
        sku, count = max(Counter(self.recent).items(), key=lambda item: (item[1], item[0]))
        total = len(self.recent)
        why = both(
            "this wording meant {sku} {count} of the last {total} times",
            "这个说法在最近 {total} 次中有 {count} 次指 {sku}",
            sku=sku,
            count=count,
            total=total,
        )
        return sku, count / (total + 1), why


def times(count: int) -> Bilingual:
    """A count in words."""
    return both({1: "once", 2: "twice"}.get(count, "{count} times"), "{count} 次", count=count)
