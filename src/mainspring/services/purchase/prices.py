"""A price from cost plus margin: terms of trade, volume, duty, whole cartons and the least that is sold.

Landed cost of a piece = cost + freight by volume + duty on cost and freight, as far as the terms ask for it.
Price = landed cost / (1 - margin): the margin is a share of the price (gross margin), as traders state it.
Terms of trade by Incoterms 2020.
"""

from decimal import ROUND_CEILING, ROUND_UP, Decimal
from typing import Literal

from pydantic import Field

from mainspring.services.errors import RuleBrokenError
from mainspring.services.fields import Amount, Count, Currency, Price, Quantity, Rate
from mainspring.services.money import round_money
from mainspring.services.operation import Context, Data, Operation

Terms = Literal["EXW", "FCA", "FOB", "CFR", "CIF", "DAP", "DDP"]
_CARRIED = frozenset({"CFR", "CIF", "DAP", "DDP"})  # the seller pays the main carriage
_INSURED = frozenset({"CIF"})
_CENT = Decimal("0.0001")
_NONE = Decimal(0)


class Costing(Data):
    """What a price is made of; amounts in one currency, per piece unless said otherwise.

    Attributes:
        margin: share of the price that is ours, below 1.
        carton: pieces in a carton; carton_volume its cubic metres.
        freight: per cubic metre; local: to the port, per carton; insurance, duty: shares.
    """

    cost: Price
    margin: Decimal = Field(ge=0, lt=1, decimal_places=6)
    quantity: Quantity
    currency: Currency
    min_quantity: Quantity = Decimal(1)
    carton: Quantity = Decimal(1)
    carton_volume: Count = Decimal(0)
    terms: Terms = "EXW"
    freight: Amount = Decimal(0)
    local: Amount = Decimal(0)
    insurance: Rate = Decimal(0)
    duty: Rate = Decimal(0)
    tax_rate: Rate = Decimal(0)


class Costed(Data):
    """The price of a piece with all that it is made of, and of the whole in whole cartons."""

    quantity: Count
    cartons: Count
    volume: Count
    cost: Price
    local: Price
    freight: Price
    insurance: Price
    duty: Price
    landed: Price
    unit_price: Price
    net: Amount
    tax: Amount
    total: Amount
    raised: bool


def costed(given: Costing) -> Costed:
    """Work the price out.

    Raises:
        RuleBrokenError: freight is to be paid by volume, and no volume is known.
    """
    carried = given.terms in _CARRIED
    if carried and given.freight and not given.carton_volume:
        raise RuleBrokenError(
            f"{given.terms} includes freight, and the volume of a carton is unknown", mend="Measure a carton."
        )
    wanted = max(given.quantity, given.min_quantity)
    cartons = (wanted / given.carton).to_integral_value(ROUND_CEILING)
    quantity = cartons * given.carton
    local = given.local / given.carton if given.terms != "EXW" else _NONE
    freight = given.freight * given.carton_volume / given.carton if carried else _NONE
    insurance = (given.cost + freight) * given.insurance if given.terms in _INSURED else _NONE
    duty = (given.cost + freight) * given.duty if given.terms == "DDP" else _NONE
    landed = given.cost + local + freight + insurance + duty
    price = (landed / (1 - given.margin)).quantize(_CENT, ROUND_UP)
    net = round_money(price * quantity, given.currency)
    tax = round_money(net * given.tax_rate, given.currency)
    parts = [part.quantize(_CENT) for part in (local, freight, insurance, duty, landed)]
    return Costed(
        quantity=quantity,
        cartons=cartons,
        volume=cartons * given.carton_volume,
        cost=given.cost,
        local=parts[0],
        freight=parts[1],
        insurance=parts[2],
        duty=parts[3],
        landed=parts[4],
        unit_price=price,
        net=net,
        tax=tax,
        total=net + tax,
        raised=quantity > given.quantity,
    )


def _work_out(_: Context, given: Costing) -> Costed:
    return costed(given)


OPERATIONS = (
    Operation(
        name="purchase.price",
        title={"en": "Work out a price from cost and margin", "zh": "按成本加利润核价"},
        effect="read",
        input=Costing,
        output=Costed,
        handler=_work_out,
        idempotent=True,
    ),
)
