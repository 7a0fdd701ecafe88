"""A delivery of a webhook becomes a message to the processes that wait for it, or start with it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from mainspring import feel
from mainspring.app.house import House
from mainspring.base import jsonio
from mainspring.base.jsonio import NotJsonError
from mainspring.engine.events import Actor
from mainspring.gateway import hooks, services
from mainspring.gateway.errors import RegistryError
from mainspring.gateway.hooks import HookConfig, HookRefused
from mainspring.gateway.secrets import SecretError
from mainspring.runtime.errors import DuplicateMessage

_SHOWN = frozenset({"content-type", "user-agent", "webhook-id", "webhook-timestamp"})


def deliver(house: House, name: str, headers: Mapping[str, str], body: bytes) -> bool:
    """Take a delivery; gives False when it was taken before.

    Args:
        house: whose.
        name: of the webhook.
        headers: lower-case names.
        body: as it came; its signature covers these bytes.

    Raises:
        HookRefused: there is no such webhook, or the delivery does not prove where it comes from.
    """
    config = _config(house, name)
    now, window = house.clock(), timedelta(seconds=config.window_seconds)
    try:
        secret = house.outside.secrets.get(config.secret)
    except SecretError:
        raise HookRefused("there is no such webhook", where=name) from None
    delivery = hooks.verified(headers, body, secret, now, window)
    given = {"body": _json(body), "headers": {key: headers[key] for key in _SHOWN & headers.keys()}}
    with house.store.write() as tx:
        if not hooks.take(tx, name, delivery, now, window):
            return False
        try:
            house.runtime.publish(
                config.message,
                str(_evaluated(config.correlation, given) or ""),
                _variables(config, given),
                actor=Actor("system", f"webhook {name}"),  # who delivered it, not the house itself
                message_id=f"{name} {delivery}",
                tx=tx,
            )
        except DuplicateMessage:
            return False
    return True


def _config(house: House, name: str) -> HookConfig:
    with house.store.read() as tx:
        try:
            found = services.one(tx, name)
        except RegistryError:
            found = None
    if found is None or found.kind != "webhook" or found.gone(house.clock()):
        raise HookRefused("there is no such webhook", where=name)
    newest = max(found.versions, key=lambda each: each.share)
    return HookConfig.model_validate(newest.config)


def _json(body: bytes) -> Any:
    try:
        return jsonio.loads(body)
    except (NotJsonError, RecursionError):
        return body.decode("utf-8", "replace")


def _variables(config: HookConfig, given: Mapping[str, Any]) -> dict[str, Any]:
    if not config.variables:
        return {"body": given["body"]}
    found = _evaluated(config.variables, given)
    return dict(found) if isinstance(found, Mapping) else {}


def _evaluated(text: str, given: Mapping[str, Any]) -> Any:
    return feel.evaluate(text.lstrip().removeprefix("="), given) if text.strip() else None
