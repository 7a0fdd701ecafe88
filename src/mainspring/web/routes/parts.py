"""Parts that several routes have: keys in paths, pages of lists.

Keys are described as text, since a number in a browser cannot hold their 64 bits.
"""

from typing import Annotated

from fastapi import Path, Query
from pydantic import WithJsonSchema

MOST_KEY = 2**63 - 1
_TEXT = WithJsonSchema({"type": "string", "pattern": r"^\d{1,19}$"})
Key = Annotated[int, Path(ge=1, le=MOST_KEY), _TEXT]
After = Annotated[int, Query(ge=0, le=MOST_KEY), _TEXT]
Limit = Annotated[int, Query(ge=1, le=500)]
