"""Parts that several routes have: keys in paths, pages of lists."""

from typing import Annotated

from fastapi import Path, Query

MOST_KEY = 2**63 - 1
Key = Annotated[int, Path(ge=1, le=MOST_KEY)]
After = Annotated[int, Query(ge=0, le=MOST_KEY)]
Limit = Annotated[int, Query(ge=1, le=500)]
