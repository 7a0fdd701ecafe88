"""Simulated customers and suppliers: they answer quotes and deliver what was ordered, from the run's data."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mainspring.engine.events import SYSTEM as ACTOR
from mainspring.gateway import Caller, Gateway
from mainspring.govern.principal import SYSTEM, Principal
from mainspring.packs.lead_to_cash.world.agenda import Action, Agenda
from mainspring.packs.lead_to_cash.world.delays import Delays
from mainspring.runtime import Runtime
from mainspring.runtime.queries import Subscription
from mainspring.store import Tx

CUSTOMER = Principal("customer", "simulated-customer")


@dataclass(frozen=True, slots=True)
class Market:
    """Whoever is outside the firm and acts of their own accord.

    Args:
        accepts: whether the customer takes this quote (its number).
    """

    runtime: Runtime
    gateway: Gateway
    agenda: Agenda
    delays: Delays
    accepts: Callable[[Tx, str], bool]

    def react(self, waiting: Subscription, case: str, since: datetime) -> None:
        """Someone waits for a message from outside, since then: plan who answers, and when."""
        key = waiting.correlation_key or ""
        if waiting.name == "quote_answered":
            self.agenda.at(since + self.delays.hours(f"answer {case}", 1, 60), self._answering(key))
        elif waiting.name == "goods_received":
            self.agenda.at(since + self.delays.days(f"goods {case}", 2, 9), self._delivering(key))

    def _answering(self, quote_no: str) -> Action:
        def answer(tx: Tx, _: datetime) -> None:
            accepted = self.accepts(tx, quote_no)
            verb = "accept" if accepted else "decline"
            self.gateway.call(tx, Caller(CUSTOMER), f"quotes.{verb}", {"quote_no": quote_no})
            self._publish(tx, "quote_answered", quote_no, {"accepted": accepted})

        return answer

    def _delivering(self, order_no: str) -> Action:
        def deliver(tx: Tx, now: datetime) -> None:
            short = self.gateway.call(tx, Caller(SYSTEM), "stock.backorders", {})
            lines = [{"sku": x.sku, "quantity": x.short} for x in short.lines if x.order_no == order_no]
            if lines:
                document = f"{order_no}/{now:%Y%m%d%H%M%S}"
                self.gateway.call(tx, Caller(SYSTEM), "stock.receive", {"document": document, "lines": lines})
            self._publish(tx, "goods_received", order_no, {})

        return deliver

    def _publish(self, tx: Tx, name: str, key: str, variables: dict[str, Any]) -> None:
        self.runtime.publish(name, key, variables, actor=ACTOR, tx=tx)
