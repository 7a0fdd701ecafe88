"""Secrets: encrypted at rest, referenced by name, resolved only on the way out."""

from mainspring.gateway.secrets.keyring import Keyring, keyring
from mainspring.gateway.secrets.redaction import Redaction
from mainspring.gateway.secrets.vault import Known, SecretError, Secrets

__all__ = ["Keyring", "Known", "Redaction", "SecretError", "Secrets", "keyring"]
