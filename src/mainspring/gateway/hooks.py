"""Webhooks in: who sent it and when, proved by a signature; each delivery is taken once.

After the Standard Webhooks specification 1.0: the headers webhook-id, webhook-timestamp and
webhook-signature; the latter is HMAC-SHA256 over `id.timestamp.body`, in base64 after `v1,`. Several may
stand there while the secret is being changed.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import delete, select

from mainspring.gateway.errors import GatewayError
from mainspring.gateway.tables import hook_receipts
from mainspring.store import Tx

_PREFIX = "whsec_"
_LONGEST_ID = 128


class HookRefused(GatewayError):  # noqa: N818 - says what happened, as the sender reads it
    """The delivery does not prove where it comes from, or is too old. Nothing was done."""


class HookConfig(BaseModel):
    """What a webhook does.

    Attributes:
        secret: the name of the secret that its sender signs with.
        message: the name of the message that a delivery becomes.
        correlation: FEEL over `body` and `headers`: the correlation key; empty for messages that start cases.
        variables: FEEL over the same: the variables; none takes the body as the variable `body`.
        window_seconds: how old a delivery may be, and how long it is remembered.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    secret: str
    message: str = Field(min_length=1, max_length=200)
    correlation: str = ""
    variables: str = ""
    window_seconds: int = Field(default=300, ge=1, le=3600)


def verified(headers: Mapping[str, str], body: bytes, secret: str, now: datetime, window: timedelta) -> str:
    """The id of a delivery, when it was signed with the secret and lately.

    Raises:
        HookRefused: it was not; the message does not say what is wrong beyond what its sender knows.
    """
    delivery = headers.get("webhook-id", "")
    stamp = headers.get("webhook-timestamp", "")
    if not 0 < len(delivery) <= _LONGEST_ID or not (stamp.isascii() and stamp.isdigit() and len(stamp) < 12):  # noqa: PLR2004 - digits of seconds since 1970
        raise HookRefused("webhook-id and webhook-timestamp are missing or wrong", where="headers")
    signed = f"{delivery}.{stamp}.".encode() + body
    wanted = hmac.new(_key(secret), signed, hashlib.sha256).digest()
    given = headers.get("webhook-signature", "").split(" ")[:10]
    if not any(_same(one, wanted) for one in given):
        raise HookRefused("the signature is not ours", where="webhook-signature")
    if abs(now - datetime.fromtimestamp(int(stamp), UTC)) > window:
        raise HookRefused("the delivery is too old, or from the future", where="webhook-timestamp")
    return delivery


def take(tx: Tx, hook: str, delivery: str, now: datetime, window: timedelta) -> bool:
    """Remember a delivery; False when it was taken before. Receipts outside of the window are forgotten."""
    c = hook_receipts.c
    tx.execute(delete(hook_receipts).where(c.tenant_id == tx.tenant, c.hook == hook, c.at < now - 2 * window))
    known = tx.one(select(c.at).where(c.tenant_id == tx.tenant, c.hook == hook, c.delivery == delivery))
    if known is None:
        tx.insert(hook_receipts, {"hook": hook, "delivery": delivery, "at": now})
    return known is None


def signature(secret: str, delivery: str, stamp: int, body: bytes) -> str:
    """The header of a delivery, as its sender makes it."""
    signed = f"{delivery}.{stamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(_key(secret), signed, hashlib.sha256).digest()).decode()


def _key(secret: str) -> bytes:
    if not secret.startswith(_PREFIX):
        return secret.encode()
    try:
        return base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except binascii.Error:
        raise HookRefused("the secret of this webhook is wrong here", where="secret") from None


def _same(given: str, wanted: bytes) -> bool:
    scheme, _, text = given.partition(",")
    try:
        shown = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        shown = b""
    return hmac.compare_digest(shown, wanted) and scheme == "v1"
