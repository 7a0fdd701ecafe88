"""A bank whose gateway has outside services too: upstream servers on loopback, secrets, a turned clock."""

from collections.abc import Mapping
from typing import Any

from tests.integration.gateway.conftest import Bank

from mainspring.gateway import services
from mainspring.gateway.adapters import Ports, discover
from mainspring.gateway.behind import Behind
from mainspring.gateway.described import Described
from mainspring.gateway.egress import Egress
from mainspring.gateway.secrets import Keyring, Secrets
from mainspring.store import Store

HERE = ("127.0.0.1/32",)


class Outward(Bank):
    """The bank, with what stands behind its gateway."""

    def __init__(self, store: Store, ports: Mapping[str, Any] | None = None, **more: Any) -> None:
        self.secrets = Secrets(store, Keyring((bytes(32),)))
        self.egress = Egress(self.secrets.get, resolver=lambda _, __: ("127.0.0.1",))
        self.ports = Ports(self.egress, **(ports or {}))
        self.behind = Behind(self.ports, self.secrets.redaction, lambda: self.now)
        self.waits: list[float] = []
        policies = (
            '@id("clerk-outside") permit (principal == Agent::"clerk", '
            'action in [Action::"list", Action::"call"], resource in Service::"crm");'
        )
        super().__init__(store, extra_policies=policies, behind=self.behind, sleep=self.waits.append, **more)

    def register(
        self,
        kind: str,
        config: Mapping[str, Any],
        *,
        document: bytes | None = None,
        version: str = "1",
        share: int | None = None,
        **tuning: Mapping[str, Any],
    ) -> tuple[Described, ...]:
        full, found = discover(kind, config, self.ports, document)
        operations = tuple(one.model_copy(update=dict(tuning.get(one.name, {}))) for one in found)
        with self.store.write() as tx:
            services.register(tx, "crm", kind, title={"en": "CRM"}, owner="olga", now=self.now)
            services.put_version(tx, "crm", version, full, operations, share=share, by="olga", now=self.now)
        return operations

    def put_secret(self, name: str, value: str, *hosts: str) -> None:
        with self.store.write() as tx:
            self.secrets.set(tx, name, value, hosts=hosts, by="olga", now=self.now)

    def close(self) -> None:
        self.behind.close()
        self.egress.close()
