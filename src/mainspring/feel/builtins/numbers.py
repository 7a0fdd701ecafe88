"""Built-in functions on numbers."""

import decimal
from decimal import Decimal
from typing import Any

from mainspring.feel.builtins.registry import define
from mainspring.feel.errors import EvaluationError
from mainspring.feel.functions import Builtin, Run
from mainspring.feel.values import CONTEXT

MIN_SCALE, MAX_SCALE, BEYOND = -6111, 6176, 10_000
_ROUNDINGS = {
    "decimal": decimal.ROUND_HALF_EVEN,
    "floor": decimal.ROUND_FLOOR,
    "ceiling": decimal.ROUND_CEILING,
    "round up": decimal.ROUND_UP,
    "round down": decimal.ROUND_DOWN,
    "round half up": decimal.ROUND_HALF_UP,
    "round half down": decimal.ROUND_HALF_DOWN,
    "round half even": decimal.ROUND_HALF_EVEN,
}


def _rounded(value: Decimal, scale: Decimal, rounding: str) -> Decimal:
    places = int(scale) if abs(scale) < BEYOND else BEYOND
    if not MIN_SCALE <= places <= MAX_SCALE:
        raise EvaluationError(f"the scale must lie between {MIN_SCALE} and {MAX_SCALE}")
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -exponent <= places:
        return value
    wide = decimal.Context(prec=80, rounding=rounding, Emin=-20_000, Emax=20_000)
    try:
        return CONTEXT.plus(value.quantize(Decimal(1).scaleb(-places, wide), context=wide))
    except decimal.DecimalException:
        raise EvaluationError("the result is out of range") from None


def _round(rounding: str) -> Any:
    return lambda _run, value, scale=Decimal(0): _rounded(value, scale or Decimal(0), rounding)


def _modulo(_run: Run, dividend: Decimal, divisor: Decimal) -> Decimal:
    if divisor == 0:
        raise EvaluationError("modulo: division by zero")
    quotient = CONTEXT.divide(dividend, divisor).to_integral_value(decimal.ROUND_FLOOR)
    return CONTEXT.subtract(dividend, CONTEXT.multiply(divisor, quotient))


def _abs(_run: Run, value: Any) -> Any:
    if isinstance(value, Decimal):
        return CONTEXT.abs(value)
    inner = value.nanoseconds if hasattr(value, "nanoseconds") else value.total_months
    return type(value)(abs(inner))


def _guarded(name: str, compute: Any) -> Any:
    def guarded(run: Run, value: Decimal) -> Decimal:
        run.spend(60)  # tens of microseconds
        try:
            result: Decimal = compute(value)
        except decimal.DecimalException:
            raise EvaluationError(f"{name}({value}) is not defined") from None
        if not result.is_finite():
            raise EvaluationError(f"{name}({value}) is not defined")
        return result

    return guarded


def functions() -> list[Builtin]:
    """The functions of this module."""
    return [
        define("decimal", "n: number, scale: number", _round(_ROUNDINGS["decimal"])),
        *(
            define(name, "n: number; n: number, scale: number", _round(_ROUNDINGS[name]))
            for name in ("floor", "ceiling")
        ),
        *(
            define(name, "n: number, scale: number", _round(_ROUNDINGS[name]))
            for name in ("round up", "round down", "round half up", "round half down", "round half even")
        ),
        define("abs", "n: number; n: duration", _abs),
        define("modulo", "dividend: number, divisor: number", _modulo),
        define("sqrt", "number: number", _guarded("sqrt", CONTEXT.sqrt)),
        define("log", "number: number", _guarded("log", CONTEXT.ln)),
        define("exp", "number: number", _guarded("exp", CONTEXT.exp)),
        define("odd", "number: number", lambda _run, value: value % 2 in {1, -1}),
        define("even", "number: number", lambda _run, value: value % 2 == 0),
    ]
