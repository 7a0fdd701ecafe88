"""The start-up entry for systemd: Mainspring runs again after the machine does."""

import sys
from pathlib import Path

from mainspring.app.errors import SetUpError
from mainspring.app.opening import file_of

NAME = "mainspring.service"
USER_FOLDER = Path(".config/systemd/user")
SYSTEM_FOLDER = Path("/etc/systemd/system")


def unit(database: str, host: str, port: int, *, system: bool, account: str = "") -> str:
    """The text of the unit; paths in it are absolute, since a service has a folder of its own."""
    file = file_of(database)
    address = database if file is None else f"sqlite:///{file.absolute()}"
    command = (
        sys.executable,
        "-m",
        "mainspring.cli.main",
        "serve",
        "--database",
        address,
        "--host",
        host,
        "--port",
        str(port),
    )
    lines = [
        "[Unit]",
        "Description=Mainspring, business processes",
        "After=network.target",
        "",
        "[Service]",
        f"ExecStart={' '.join(map(_quoted, command))}",
        "Restart=on-failure",
        "RestartSec=5",
        "NoNewPrivileges=true",
        "PrivateTmp=true",
        *([f"User={account}"] if system and account else []),
        "",
        "[Install]",
        f"WantedBy={'multi-user.target' if system else 'default.target'}",
        "",
    ]
    return "\n".join(lines)


def install(text: str, home: Path, *, system: bool, platform: str = sys.platform) -> Path:
    """Write the unit; an earlier one is replaced.

    Raises:
        SetUpError: this machine has no systemd, or the folder cannot be written.
    """
    if not platform.startswith("linux"):
        raise SetUpError(
            "start-up entries are written for systemd on Linux only",
            where=platform,
            mend="Let the machine start `mainspring up --no-browser`: on Windows by its task scheduler, "
            "on macOS as a login item.",
        )
    folder = SYSTEM_FOLDER if system else home / USER_FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / NAME).write_text(text, "utf-8")
    except OSError as error:
        raise SetUpError(
            f"the entry cannot be written: {error.strerror}",
            where=str(folder / NAME),
            mend="Run it as root, or leave --system out.",
        ) from error
    return folder / NAME


def _quoted(word: str) -> str:
    """A word of a command line as systemd reads it."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"' if any(sign in word for sign in " \t\"'\\;") else escaped
