"""What a house has towards the outside: its secrets, the one way out, and the services that are registered.

What an administrator installs stands in a file beside the database, `mainspring.outside.yaml`: folders that
services of files may open, and programs that may be started as MCP servers. Nobody can add to it from within.
"""

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from mainspring.app.errors import SetUpError
from mainspring.gateway import apart, trace
from mainspring.gateway.adapters import Ports
from mainspring.gateway.adapters.port import Program
from mainspring.gateway.behind import Behind
from mainspring.gateway.egress import Egress
from mainspring.gateway.secrets import Keyring, Secrets, keyring
from mainspring.store import Store
from mainspring.store.keys import Clock

KEY_BYTES = 32
ELSEWHERE = Path("data")
"""The folder of keys and settings for a database that is no file."""


class _Program(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    command: str
    arguments: tuple[str, ...] = ()
    environment: Mapping[str, str] = {}
    secrets: Mapping[str, str] = {}


class _Installed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    folders: Mapping[str, Path] = {}
    programs: Mapping[str, _Program] = {}


@dataclass(frozen=True, slots=True)
class Outside:
    """The way out of one tenant's house."""

    secrets: Secrets
    egress: Egress
    ports: Ports
    behind: Behind

    def close(self) -> None:
        """Close the connections that are kept."""
        self.behind.close()
        self.egress.close()


def open_outside(store: Store, clock: Clock) -> Outside:
    """Open the way out. Keys of secrets are read, or made, when the first secret is needed.

    Raises:
        SetUpError: the file of what is installed is wrong.
    """
    secrets = Secrets(store, lambda: keys_of(store))
    egress = Egress(secrets.get, learn=secrets.redaction.learn)
    installed = _installed(beside(store, ".outside.yaml", "outside.yaml"))
    programs = {name: Program(**one.model_dump()) for name, one in installed.programs.items()}
    ports = Ports(egress, programs, dict(installed.folders), trace.headers)
    behind = Behind(ports, secrets.redaction, clock)
    with store.write() as tx:
        behind.refresh(tx)
        apart.recover(tx, clock())
    return Outside(secrets, egress, ports, behind)


def keys_of(store: Store) -> Keyring:
    """The keys of a house's secrets, made when there are none; passing ones for a database in memory."""
    file = beside(store, ".secrets", "secrets.key")
    return Keyring((os.urandom(KEY_BYTES),)) if file is None else keyring(file)


def beside(store: Store, ending: str, elsewhere: str) -> Path | None:
    """A file beside the database; None for a database in memory."""
    if store.in_memory:
        return None
    if store.dialect == "sqlite" and store.url.database:
        return Path(store.url.database).with_suffix(ending)
    return ELSEWHERE / elsewhere


def _installed(file: Path | None) -> _Installed:
    if file is None or not file.is_file():
        return _Installed()
    if file.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        mend = f"Run chmod go-w {file.name}."
        raise SetUpError("others may change what is installed", where=str(file), mend=mend)
    try:
        read: Any = yaml.safe_load(file.read_text("utf-8")) or {}
        return _Installed.model_validate(read)
    except (yaml.YAMLError, OSError, UnicodeDecodeError) as error:
        raise SetUpError("the file cannot be read", where=str(file)) from error
    except ValidationError as error:
        said = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise SetUpError(said, where=str(file), mend="Correct the places named.") from None
