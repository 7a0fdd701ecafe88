"""Webhooks as registered services: they have no operations, they only come in (see `gateway.hooks`)."""

from typing import Any, NoReturn

from mainspring import feel
from mainspring.gateway.adapters.port import Ports
from mainspring.gateway.described import Described
from mainspring.gateway.errors import GatewayError, RegistryError
from mainspring.gateway.hooks import HookConfig
from mainspring.gateway.outgoing import Sending


class Webhook:
    """Nothing is sent to a webhook."""

    def __init__(self, config: HookConfig, ports: Ports) -> None:
        self._config = config
        self._ports = ports

    def send(self, operation: Described, arguments: Any, sending: Sending) -> NoReturn:
        """Refuse.

        Raises:
            GatewayError: always.
        """
        del arguments, sending
        raise GatewayError("a webhook has no operations", where=operation.name)

    def check(self) -> str:
        """Look whether its secret is there."""
        self._ports.egress.secret(self._config.secret, "")
        return "its secret is there"

    def close(self) -> None:
        """Nothing is open."""


def discover(config: HookConfig, _: Ports) -> tuple[Described, ...]:
    """No operations; the expressions are read once, so that a wrong one is told now."""
    for text in (config.correlation, config.variables):
        try:
            feel.compile(text.lstrip().removeprefix("=") or "null")
        except feel.FeelSyntaxError as error:
            raise RegistryError(
                f"not FEEL: {error}", where="webhook", mend="Correct the expression."
            ) from None
    return ()
