"""Stand-ins: the same value gets the same stand-in, which tells nothing of it, and is put back in the answer.

A stand-in is a kind and six signs of a keyed digest (HMAC-SHA-256), so that it is stable for a tenant and
cannot be looked up by whoever holds a list of values but not the key.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping
from typing import Any

from mainspring.agents.privacy.patterns import find

_SIGNS = 6
_LEAST = 2
_TOKEN = re.compile(r"(?<![A-Za-z0-9_])[A-Za-z]+_[A-Za-z2-7]{6,52}(?![A-Za-z0-9_])")


class StandIns:
    """Replaces and restores, for one exchange with a model.

    Args:
        key: the tenant's own; any 16 bytes or more.
        marked: values that the company marks as confidential, by kind, such as
            {"CUSTOMER": ["Acme Demo Ltd"]}; they are replaced wherever they stand, in any case of letters.
    """

    def __init__(self, key: bytes, marked: Mapping[str, Iterable[str]] | None = None) -> None:
        if len(key) < 16:  # noqa: PLR2004 - 128 bits
            raise ValueError("a key of fewer than 16 bytes hides nothing")
        self._key = key
        self._values: dict[str, str] = {}
        pairs = {(value.strip(), kind.upper()) for kind, values in (marked or {}).items() for value in values}
        self._marked = sorted(
            (pair for pair in pairs if len(pair[0]) >= _LEAST), key=lambda pair: -len(pair[0])
        )

    def hide(self, value: Any) -> Any:
        """The same JSON value with stand-ins in all its texts; names of fields stay."""
        if isinstance(value, str):
            return self._hidden(value)
        if isinstance(value, Mapping):
            return {name: self.hide(one) for name, one in value.items()}
        if isinstance(value, list | tuple):
            return [self.hide(one) for one in value]
        return value

    def restore(self, value: Any) -> Any:
        """The same JSON value with the true values put back for the stand-ins of this exchange."""
        if isinstance(value, str):
            return _TOKEN.sub(lambda match: self._values.get(match[0].upper(), match[0]), value)
        if isinstance(value, Mapping):
            return {name: self.restore(one) for name, one in value.items()}
        if isinstance(value, list | tuple):
            return [self.restore(one) for one in value]
        return value

    @property
    def hidden(self) -> int:
        """How many different values were replaced."""
        return len(self._values)

    def _hidden(self, text: str) -> str:
        for value, kind in self._marked:
            written = re.findall(re.escape(value), text, flags=re.IGNORECASE)
            for one in sorted(set(written)):
                text = text.replace(one, self._token(kind, one))
        for found in sorted(find(text), key=lambda one: -one.begin):
            token = self._token(found.kind, text[found.begin : found.end])
            text = text[: found.begin] + token + text[found.end :]
        return text

    def _token(self, kind: str, value: str) -> str:
        digest = hmac.new(self._key, f"{kind}\0{value}".encode(), hashlib.sha256).digest()
        signs = base64.b32encode(digest).decode().rstrip("=")
        for length in range(_SIGNS, len(signs)):
            token = f"{kind}_{signs[:length]}"
            if self._values.setdefault(token, value) == value:
                return token
        raise ValueError("two values share one digest")
