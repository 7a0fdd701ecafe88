"""Canonical JSON (RFC 8785) and its digest: what approvals and exports are bound to.

RFC 8785 knows only IEEE doubles. A number that a double carries exactly as written (any usual amount of
money) stays a number; one with more digits becomes its plain decimal string, so that 10.50 and 10.5 are the
same amount and no digit is ever lost.
"""

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from math import isfinite
from typing import Any

import rfc8785

from mainspring.base.jsonio import normalise


def canonical_json(value: object) -> bytes:
    """The one byte string that stands for this JSON value."""
    return rfc8785.dumps(_exact(normalise(value)))


def digest(value: object) -> str:
    """SHA-256 over the canonical form, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(value)).hexdigest()


def _exact(value: Any) -> Any:
    if isinstance(value, Decimal):
        double = float(value)
        if isfinite(double) and Decimal(repr(double)) == value:
            return double
        return f"{value.normalize():f}"
    if isinstance(value, Mapping):
        return {key: _exact(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_exact(item) for item in value]
    return value
