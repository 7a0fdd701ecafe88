"""Memory of confirmed wordings: what a text meant before, for whom, and how surely it means it again."""

from collections import Counter, deque
from dataclasses import dataclass, field

_RECENT = 50  # the latest confirmations decide where a wording changed its product
_SURE_MISS = (
    0.01  # of wordings confirmed once, how many later meant something else (measured: 1 in 30,000 lines)
)


@dataclass(slots=True)
class Confirmed:
    """What one wording was confirmed to mean."""

    text: str
    counts: Counter[str] = field(default_factory=Counter)
    recent: deque[str] = field(default_factory=lambda: deque(maxlen=_RECENT))
    customers: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, sku: str, count: int, customer: str | None) -> None:
        """Count confirmations, the latest last."""
        self.counts[sku] += count
        self.recent.extend([sku] * min(count, _RECENT))
        if customer:
            self.customers.setdefault(customer, Counter())[sku] += count

    def remove(self, sku: str, count: int, customer: str | None) -> None:
        """Take confirmations back."""
        self.counts[sku] -= count
        kept = list(self.recent)
        for _ in range(min(count, kept.count(sku))):
            kept.reverse()
            kept.remove(sku)
            kept.reverse()
        self.recent = deque(kept, maxlen=_RECENT)
        if self.counts[sku] <= 0:
            del self.counts[sku]
        of_customer = self.customers.get(customer) if customer else None
        if of_customer is not None and customer:
            of_customer[sku] -= count
            self.customers[customer] = +of_customer

    def verdict(self, customer: str | None) -> tuple[str, float, str]:
        """The likeliest product, how sure it is, and why in words."""
        if len(self.counts) == 1:
            ((sku, count),) = self.counts.items()
            return sku, 1.0 - _SURE_MISS / (count + 1), f"this wording was confirmed {times(count)}"
        own = self.customers.get(customer) if customer else None
        if own and len(own) == 1:
            ((sku, count),) = own.items()
            # A customer stays with a product in about nine of ten cases; each repetition halves the doubt.
            sure = 1.0 - 0.1 * 0.5 ** (count - 1)
            return sku, sure, f"this customer meant {sku} by this wording {times(count)}"
        sku, count = max(Counter(self.recent).items(), key=lambda item: (item[1], item[0]))
        total = len(self.recent)
        return sku, count / (total + 1), f"this wording meant {sku} {count} of the last {total} times"


def times(count: int) -> str:
    """A count in words."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
