"""The gateway is the only way out: nothing else opens connections, and the pack works through it alone."""

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[3] / "src" / "mainspring"
CLIENTS = frozenset(
    {
        "aiohttp", "asyncpg", "ftplib", "http", "httpcore2", "httpx", "httpx2", "imaplib", "paramiko",
        "poplib", "requests", "smtplib", "socket", "subprocess", "telnetlib", "urllib.request",
        "urllib3", "websockets",
    }
)  # fmt: skip
"""What opens connections or starts programs. Addresses are only read with `urllib.parse`."""
LOOKS_INWARD = {
    "app/doctor.py": {"socket"},  # asks whether the port to listen on is free
    "cli/serving.py": {"socket"},  # listens
    "cli/up.py": {"socket"},  # looks for a free port
    "govern/apart.py": {"subprocess"},  # hashes evidence in a process of its own
}
SETS_UP = {"company.py", "firm.py", "world"}
"""Of the pack: what makes the demo company and plays the world around it, before and beside its processes."""
WRITES = frozenset({"insert", "defer", "execute", "many", "many_tuples", "many_values", "raw_many"})


def _modules(folder: Path) -> Iterator[tuple[str, ast.Module]]:
    for file in sorted(folder.rglob("*.py")):
        yield file.relative_to(folder).as_posix(), ast.parse(file.read_text("utf-8"))


def _imported(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{one.name}" for one in node.names)


def _clients(module: ast.Module) -> set[str]:
    found = set()
    for name in _imported(module):
        parts = name.split(".")
        found |= {known for known in (parts[0], ".".join(parts[:2])) if known in CLIENTS}
    return found


def test_nothing_but_the_gateway_opens_connections_or_starts_programs() -> None:
    wrong = {
        name: sorted(found)
        for name, module in _modules(SOURCE)
        if not name.startswith(("gateway/egress/", "gateway/adapters/", "testing/"))
        and (found := _clients(module) - LOOKS_INWARD.get(name, set()))
    }
    assert wrong == {}


def test_the_pack_and_digital_employees_write_no_table_of_the_business_themselves() -> None:
    wrong = [
        f"{name}:{node.lineno}"
        for name, module in _modules(SOURCE / "packs" / "lead_to_cash")
        if name.split("/")[0] not in SETS_UP
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES
    ]
    assert wrong == []
    agents = [
        f"{name}: {one}"
        for name, module in _modules(SOURCE / "agents")
        for one in _imported(module)
        if one.startswith("mainspring.services.") and not one.startswith("mainspring.services.operation")
    ]
    assert agents == []


def test_skills_of_the_pack_know_no_handler_of_a_business_system() -> None:
    known = {
        one
        for _, module in _modules(SOURCE / "packs" / "lead_to_cash" / "skills")
        for one in _imported(module)
        if one.startswith("mainspring.services")
    }
    assert known <= {"mainspring.services.customers", "mainspring.services.customers.fold_name"}
