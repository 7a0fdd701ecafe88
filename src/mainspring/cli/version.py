"""`mainspring version`."""

import importlib.metadata
import platform

from mainspring.cli.output import say


def version() -> None:
    """Print the version.

    Example: mainspring version
    """
    say(f"mainspring {importlib.metadata.version('mainspring')}, Python {platform.python_version()}")
