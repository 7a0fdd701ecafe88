"""What each command needs: whose right it is, or whose rights are asked.

Whoever runs a command on the machine reads the database and its keys anyway; so most commands are the
`operator`'s, who answers for the machine. Commands that act `--as` a person ask the policies about that
person: they name the action. `anyone` stands for commands that touch no house.
"""

from collections.abc import Mapping

OPERATOR, ANYONE = "operator", "anyone"

PERMISSIONS: Mapping[str, str] = {
    "agents": OPERATOR,
    "ask": "measure",
    "audit": OPERATOR,
    "backup": OPERATOR,
    "bank": OPERATOR,
    "bank rate": "call",
    "bank take-in": "call",
    "conformance": ANYONE,
    "decide": ANYONE,
    "demo": OPERATOR,
    "digest": OPERATOR,
    "dmn": ANYONE,
    "doctor": OPERATOR,
    "evidence erase": "erase",
    "evidence export": OPERATOR,
    "folder": OPERATOR,
    "import": "keep_records",
    "imports": "keep_records",
    "improve": OPERATOR,
    "incidents": "mend",
    "instances": OPERATOR,
    "instances cancel": "cancel",
    "instances delete": "change_run",
    "log": ANYONE,
    "mail": OPERATOR,
    "measures": OPERATOR,
    "mine": ANYONE,
    "notices": OPERATOR,
    "people": OPERATOR,
    "papers": OPERATOR,
    "papers put": "deploy",
    "people stand-in": OPERATOR,
    "plan": OPERATOR,
    "plan import": "plan",
    "restore": OPERATOR,
    "roi": OPERATOR,
    "roi put": "plan",
    "run": ANYONE,
    "links": OPERATOR,
    "secrets": OPERATOR,
    "simulate": ANYONE,
    "skills": ANYONE,
    "tables": OPERATOR,
    "targets": OPERATOR,
    "targets put": "plan",
    "serve": OPERATOR,
    "service": OPERATOR,
    "services": OPERATOR,
    "tasks": "do_task",
    "up": OPERATOR,
    "upgrade": OPERATOR,
    "version": ANYONE,
    "who": OPERATOR,
    "worker": OPERATOR,
}
"""By the full name of a command, or by the name of its group where all in it need the same."""


def permission_of(command: str) -> str | None:
    """What a command needs; None where nobody has said."""
    return PERMISSIONS.get(command) or PERMISSIONS.get(command.partition(" ")[0])
