"""Field types that inputs and outputs share, so that a limit is stated once."""

from decimal import Decimal
from typing import Annotated

from pydantic import AwareDatetime, Field, StringConstraints

Amount = Annotated[Decimal, Field(max_digits=18, decimal_places=4, description="money in the named currency")]
Positive = Annotated[Decimal, Field(gt=0, max_digits=18, decimal_places=4)]
Price = Annotated[Decimal, Field(ge=0, max_digits=18, decimal_places=6, description="price of one unit, net")]
Quantity = Annotated[Decimal, Field(gt=0, max_digits=18, decimal_places=6)]
Count = Annotated[Decimal, Field(max_digits=18, decimal_places=6)]
Rate = Annotated[Decimal, Field(ge=0, le=1, decimal_places=6, description="0.13 is thirteen per cent")]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False, description="confidence from 0 to 1")]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Text = Annotated[str, StringConstraints(max_length=1_000_000)]
When = AwareDatetime
NonNegative = Annotated[Decimal, Field(ge=0, max_digits=18, decimal_places=6)]
