"""Nothing on the path is there on POSIX alone: Mainspring runs on Linux, macOS and Windows."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "mainspring"
FILES = sorted(SOURCE.rglob("*.py"))
MODULES = frozenset({"fcntl", "grp", "pty", "pwd", "resource", "spwd", "syslog", "termios", "tty", "posix"})
NAMES = {
    "os": frozenset(
        {
            "chown",
            "chroot",
            "fork",
            "forkpty",
            "geteuid",
            "getgid",
            "getuid",
            "getpgid",
            "killpg",
            "mkfifo",
            "nice",
            "setgid",
            "setsid",
            "setuid",
            "statvfs",
            "sched_setaffinity",
            "sched_getaffinity",
            "uname",
            "wait",
            "waitpid",
        }
    ),
    "signal": frozenset({"SIGKILL", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGALRM", "SIGCHLD", "alarm", "pause"}),
    "time": frozenset({"tzset"}),
    "asyncio": frozenset({"add_signal_handler"}),
}
ALLOWED = {"app/orders_run.py": "asks for the most memory used, and says nothing where that cannot be told"}
"""File to the reason why it may."""


def posix_only(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.partition(".")[0] in MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module.partition(".")[0] in MODULES:
                yield node.module
            yield from (
                f"{node.module}.{alias.name}"
                for alias in node.names
                if alias.name in NAMES.get(node.module, frozenset())
            )
        elif (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.attr in NAMES.get(node.value.id, frozenset())
        ):
            yield f"{node.value.id}.{node.attr}"


def open_without_encoding(tree: ast.AST) -> Iterator[int]:
    """Lines that read or write text in whatever encoding the machine has."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        named = {keyword.arg for keyword in node.keywords}
        if node.func.attr == "read_text" and not node.args and "encoding" not in named:
            yield node.lineno
        if node.func.attr == "write_text" and len(node.args) < 2 and "encoding" not in named:
            yield node.lineno


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(SOURCE).as_posix())
def test_a_file_runs_on_every_system(file: Path) -> None:
    tree = ast.parse(file.read_text("utf-8"))
    found = [] if file.relative_to(SOURCE).as_posix() in ALLOWED else list(posix_only(tree))
    assert not found
    assert not list(open_without_encoding(tree))


def test_what_only_posix_has_is_found() -> None:
    tree = ast.parse(
        "import fcntl\nfrom os import fork\nimport signal\nsignal.SIGKILL\nPath('a').read_text()\n"
    )
    assert list(posix_only(tree)) == ["fcntl", "os.fork", "signal.SIGKILL"]
    assert list(open_without_encoding(tree)) == [5]
