"""The keys that secrets are encrypted with: from the environment or a file, never from the database."""

import base64
import binascii
import hashlib
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mainspring.gateway.errors import GatewayError

VARIABLE = "MAINSPRING_SECRETS_KEY"
KEY_BYTES = 32


class KeyringError(GatewayError):
    """The keys are missing or are none: whoever runs the system mends it."""


@dataclass(frozen=True, slots=True)
class Keyring:
    """Keys of AES-256, the first of which encrypts; the others still decrypt what was encrypted before."""

    keys: tuple[bytes, ...] = field(repr=False)

    @property
    def current(self) -> str:
        """The id of the key that encrypts."""
        return key_id(self.keys[0])

    def find(self, wanted: str) -> bytes:
        """The key of an id.

        Raises:
            KeyringError: it is not here.
        """
        for key in self.keys:
            if key_id(key) == wanted:
                return key
        raise KeyringError(
            f"the key {wanted} is missing",
            where=VARIABLE,
            mend="Put the earlier key behind the present one, or set the secret anew.",
        )


def key_id(key: bytes) -> str:
    """A short name of a key that says nothing about it."""
    return hashlib.sha256(b"mainspring secrets key\0" + key).hexdigest()[:12]


def keyring(file: Path, environment: Mapping[str, str] | None = None) -> Keyring:
    """The keys of the environment, else of a file, which is made when it is missing.

    Keys are 32 bytes in base64, several of them divided by blanks or lines, the present one first.

    Args:
        file: readable for its owner alone.
        environment: of the process.

    Raises:
        KeyringError: what is there is no key, or others may read the file.
    """
    given = (os.environ if environment is None else environment).get(VARIABLE, "")
    if given.strip():
        return Keyring(_decoded(given, VARIABLE))
    try:
        text = file.read_text("ascii")
    except FileNotFoundError:
        return Keyring((_made(file),))
    except (OSError, UnicodeDecodeError):
        raise KeyringError("the file of keys cannot be read", where=str(file)) from None
    if file.stat().st_mode & 0o077:
        raise KeyringError(
            "others may read the file of keys", where=str(file), mend=f"Run chmod 600 {file.name}."
        )
    return Keyring(_decoded(text, str(file)))


def _decoded(text: str, where: str) -> tuple[bytes, ...]:
    try:
        keys = tuple(base64.b64decode(one, validate=True) for one in text.split())
    except (binascii.Error, ValueError):
        keys = ()
    if not keys or any(len(key) != KEY_BYTES for key in keys):
        mend = "Give 32 random bytes in base64 each, as `openssl rand -base64 32` prints them."
        raise KeyringError("these are no keys", where=where, mend=mend)
    return keys


def _made(file: Path) -> bytes:
    key = secrets.token_bytes(KEY_BYTES)
    file.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(base64.b64encode(key) + b"\n")
    return key
