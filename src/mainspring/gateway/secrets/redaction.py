"""Keeps secrets out of what others sent: an error text or an answer that repeats a credential loses it."""

import base64
import threading
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

LEAST = 6
"""Characters that a secret has at the least; a shorter one could not be told from ordinary text."""


class Redaction:
    """The secrets that were resolved in this process, and how to take them out of a value."""

    def __init__(self) -> None:
        self._hidden: dict[str, str] = {}
        self._lock = threading.Lock()

    def learn(self, name: str, value: str) -> None:
        """From now on this value, plainly or encoded, is taken out."""
        mark = f"[secret {name}]"
        with self._lock:
            if value in self._hidden:
                return
            raw = value.encode()
            spellings = {value, quote(value, safe=""), base64.b64encode(raw).decode(), raw.hex()}
            longer = {**self._hidden, **{one: mark for one in spellings if len(one) >= LEAST}}
            self._hidden = dict(sorted(longer.items(), key=lambda pair: -len(pair[0])))

    def text(self, text: str) -> str:
        """The text without any secret."""
        for value, mark in self._hidden.items():
            if value in text:
                text = text.replace(value, mark)
        return text

    def value(self, value: Any) -> Any:
        """A JSON value without any secret in its strings and keys."""
        if not self._hidden:
            return value
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {self.text(str(key)): self.value(item) for key, item in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.value(item) for item in value]
        return value
