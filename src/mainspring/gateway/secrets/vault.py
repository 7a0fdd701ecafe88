"""The secrets of a tenant: set, rotated, listed without their values, and resolved for a host.

AES-256-GCM with a fresh nonce each time. Tenant, name, version and hosts are authenticated along with the
value: a row that was copied to another name, or whose hosts were widened in the database, does not open.
"""

import os
import re
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import delete, select, update

from mainspring.base import jsonio
from mainspring.gateway.errors import GatewayError
from mainspring.gateway.secrets.keyring import Keyring
from mainspring.gateway.secrets.redaction import LEAST, Redaction
from mainspring.gateway.tables import secrets
from mainspring.store import Store, Tx

_NAME = re.compile(r"[a-z][a-z0-9_.-]{0,63}")
_MOST = 10_000
_NONCE = 12


class SecretError(GatewayError):
    """A secret that is not there, not for this host, or not to be opened."""


class Known(NamedTuple):
    """What may be shown of a secret."""

    name: str
    version: int
    hosts: tuple[str, ...]
    changed_at: datetime
    changed_by: str


class Secrets:
    """The secrets of a store's tenant.

    Args:
        store: where they lie, encrypted.
        keys: that open them, or what reads them when the first secret is needed.
    """

    def __init__(self, store: Store, keys: Keyring | Callable[[], Keyring]) -> None:
        self._store = store
        self._given = keys
        self.redaction = Redaction()

    def get(self, name: str, host: str | None = None) -> str:
        """The value, to be used at once and kept nowhere.

        Must not be called while this thread has a transaction open.

        Args:
            name: of the secret.
            host: that it will be sent to.

        Raises:
            SecretError: there is none of that name, it is not for this host, or it does not open.
        """
        with self._store.read() as tx:
            row = tx.one(_the(tx, name))
            tenant = tx.tenant
        if row is None:
            mend = f"Set it with `mainspring secrets set {name}`." if _NAME.fullmatch(name) else ""
            raise SecretError("there is no such secret", where=name, mend=mend)
        if row.hosts and host not in row.hosts:
            said = f"this secret is not for {host}" if host else "this secret is for certain hosts only"
            raise SecretError(said, where=name, mend="Set it anew with this host, if it belongs there.")
        return self._opened(tenant, row)

    def set(self, tx: Tx, name: str, value: str, *, hosts: Iterable[str] = (), by: str, now: datetime) -> int:
        """Set or rotate a secret; the former value is gone. Gives its version.

        Args:
            tx: the transaction.
            name: lower case letters, digits and ``_.-``.
            value: at least six characters.
            hosts: the only ones that it may be sent to; none means those of the services that name it.
            by: who sets it.
            now: the time.

        Raises:
            SecretError: the name or the value cannot be used.
        """
        if not _NAME.fullmatch(name):
            raise SecretError(
                "not a name for a secret", where=name, mend="Use a-z, 0-9, _ . - and begin with a letter."
            )
        if not LEAST <= len(value) <= _MOST or "\n" in value.strip("\n") or not value.isprintable():
            raise SecretError(
                f"a secret has {LEAST} to {_MOST:,} printable characters", where=name, mend="Check the value."
            )
        before = tx.one(_the(tx, name))
        version = 1 if before is None else before.version + 1
        known = sorted({host.lower().rstrip(".") for host in hosts})
        row = self._sealed(tx.tenant, name, version, known, value) | {"changed_at": now, "changed_by": by}
        if before is None:
            tx.insert(secrets, {"name": name, **row})
        else:
            tx.execute(
                update(secrets).where(secrets.c.tenant_id == tx.tenant, secrets.c.name == name).values(**row)
            )
        return version

    def remove(self, tx: Tx, name: str) -> None:
        """Forget a secret.

        Raises:
            SecretError: there is none of that name.
        """
        gone = tx.execute(delete(secrets).where(secrets.c.tenant_id == tx.tenant, secrets.c.name == name))
        if gone.rowcount == 0:
            raise SecretError("there is no such secret", where=name)

    def rekey(self, tx: Tx) -> int:
        """Encrypt everything with the present key; gives how many were not. Afterwards old keys may go."""
        rows = tx.all(
            select(secrets).where(secrets.c.tenant_id == tx.tenant, secrets.c.key_id != self._keys.current)
        )
        for row in rows:
            value = self._opened(tx.tenant, row)
            fresh = self._sealed(tx.tenant, row.name, row.version, row.hosts, value)
            tx.execute(
                update(secrets)
                .where(secrets.c.tenant_id == tx.tenant, secrets.c.name == row.name)
                .values(**fresh)
            )
        return len(rows)

    @cached_property
    def _keys(self) -> Keyring:
        return self._given if isinstance(self._given, Keyring) else self._given()

    def _sealed(self, tenant: str, name: str, version: int, hosts: list[str], value: str) -> dict[str, Any]:
        nonce = os.urandom(_NONCE)
        key_id = self._keys.current
        cipher = AESGCM(self._keys.find(key_id))
        sealed = cipher.encrypt(nonce, value.encode(), _beside(tenant, name, version, hosts))
        return {"version": version, "hosts": hosts, "key_id": key_id, "nonce": nonce, "sealed": sealed}

    def _opened(self, tenant: str, row: Any) -> str:
        cipher = AESGCM(self._keys.find(row.key_id))
        try:
            value = cipher.decrypt(
                row.nonce, row.sealed, _beside(tenant, row.name, row.version, row.hosts)
            ).decode()
        except InvalidTag:
            raise SecretError(
                "what is stored was changed and does not open", where=row.name, mend="Set the secret anew."
            ) from None
        self.redaction.learn(row.name, value)
        return value


def known(tx: Tx) -> tuple[Known, ...]:
    """What there is, without values."""
    s = secrets.c
    rows = tx.all(
        select(s.name, s.version, s.hosts, s.changed_at, s.changed_by)
        .where(s.tenant_id == tx.tenant)
        .order_by(s.name)
    )
    return tuple(
        Known(row.name, row.version, tuple(row.hosts), row.changed_at, row.changed_by) for row in rows
    )


def _the(tx: Tx, name: str) -> Any:
    return select(secrets).where(secrets.c.tenant_id == tx.tenant, secrets.c.name == name)


def _beside(tenant: str, name: str, version: int, hosts: Iterable[str]) -> bytes:
    return jsonio.dumps([tenant, name, int(version), list(hosts)])
