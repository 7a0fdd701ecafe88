"""Writes the OpenAPI document, from which the client of the workbench is generated (`make api`)."""

import json
import sys
import tempfile
from pathlib import Path

from mainspring.app.opening import open_or_create
from mainspring.web.application import create_app


def main(target: Path) -> None:
    """Write the document, with keys in order, so that a change shows as a small difference."""
    with tempfile.TemporaryDirectory() as folder:
        house = open_or_create(f"sqlite:///{folder}/house.db")
        try:
            document = create_app(house).openapi()
        finally:
            house.close()
    text = json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True)
    target.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
