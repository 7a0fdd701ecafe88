"""Deployed definitions, compiled once a process and looked up by key, version or tag."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from mainspring import bpmn, dmn, engine
from mainspring.engine import Definition
from mainspring.runtime.errors import NotFound
from mainspring.store import Tx

_BY_KEY = "SELECT id, version, file, digest, deployment FROM definitions WHERE tenant_id = ? AND key = ?"
_LATEST = (
    "SELECT key, version FROM definitions WHERE tenant_id = ? AND kind = ? AND id = ? "
    "ORDER BY version DESC LIMIT 1"
)
_VERSION = "SELECT key, version FROM definitions WHERE tenant_id = ? AND kind = ? AND id = ? AND version = ?"
_TAGGED = (
    "SELECT key, version FROM definitions WHERE tenant_id = ? AND kind = ? AND id = ? AND version_tag = ? "
    "ORDER BY version DESC LIMIT 1"
)
_TOGETHER = (
    "SELECT d.key, d.version FROM definitions d JOIN definitions c ON c.tenant_id = d.tenant_id "
    "AND c.deployment = d.deployment WHERE d.tenant_id = ? AND d.kind = ? AND d.id = ? AND c.key = ?"
)
_DATA = "SELECT data FROM resources WHERE tenant_id = ? AND digest = ?"
_SIBLINGS = (
    "SELECT r.data FROM deployed_files f "
    "JOIN resources r ON r.tenant_id = f.tenant_id AND r.digest = f.digest "
    "WHERE f.tenant_id = ? AND f.deployment = ? AND f.name LIKE ? AND f.digest <> ?"
)


class Shelf:
    """Compiled definitions by key; they never change, so all transactions share them."""

    def __init__(self) -> None:
        self.processes: dict[int, Definition] = {}
        self.decisions: dict[int, dmn.Model] = {}


Latest = dict[tuple[str, str], tuple[int, int]]
"""What a transaction has found the latest (key, version) of (kind, id) to be; a deployment empties it."""


class BoundLibrary:
    """The engine's `Library` for one command: what the shelf does not hold it reads with the transaction."""

    def __init__(self, tx: Tx, shelf: Shelf, now: datetime, latest: Latest | None = None) -> None:
        self._tx = tx
        self._shelf = shelf
        self._now = now
        self._latest: Latest = {} if latest is None else latest

    def definition(self, key: int) -> Definition:
        """The compiled process of that key."""
        found = self._shelf.processes.get(key)
        if found is None:
            process_id, _, file, digest, _ = self._row(key)
            model = bpmn.read(self._data(digest), file)
            found = self._shelf.processes[key] = engine.compile(model, process_id)
        return found

    def process(
        self, process_id: str, binding: str, version_tag: str | None, caller_definition: int
    ) -> tuple[int, int, Definition] | None:
        """(key, version, definition) by binding latest, deployment or versionTag, or None."""
        found = self._find("process", process_id, binding, version_tag, caller_definition)
        return None if found is None else (*found, self.definition(found[0]))

    def decision(
        self, decision_id: str, binding: str, version_tag: str | None, caller_definition: int
    ) -> Callable[[dict[str, Any]], Any] | None:
        """A callable from context to the decision's result, or None."""
        found = self._find("decision", decision_id, binding, version_tag, caller_definition)
        if found is None:
            return None
        model = self.model(found[0])
        now = self._now
        return lambda context: model.evaluate(decision_id, context, now=now)

    def model(self, key: int) -> dmn.Model:
        """The decision model in which the decision of that key stands."""
        found = self._shelf.decisions.get(key)
        if found is None:
            _, _, _, digest, deployment = self._row(key)
            statements = self._tx.statements
            siblings = self._tx.raw(
                statements.constant(_SIBLINGS), (self._tx.tenant, deployment, "%.dmn", digest)
            )
            found = dmn.load(self._data(digest), [bytes(row[0]) for row in siblings])
            self._shelf.decisions[key] = found
        return found

    def version(self, process_id: str, version: int | None) -> tuple[int, int]:
        """(key, version) of a process: of that version, or the latest.

        Raises:
            NotFound: there is none.
        """
        if version is None:
            found = self._find("process", process_id, "latest", None, 0)
        else:
            rows = self._query(_VERSION, "process", process_id, version)
            found = rows[0] if rows else None
        if found is None:
            wanted = f"version {version} of " if version is not None else ""
            raise NotFound(f"there is no {wanted}process '{process_id}'", mend="Deploy it first.")
        return found

    def form(self, form_id: str) -> Any:
        """The latest version of a form as JSON, or None."""
        found = self._find("form", form_id, "latest", None, 0)
        return None if found is None else json.loads(self._data(self._row(found[0])[3]))

    def _find(
        self, kind: str, name: str, binding: str, version_tag: str | None, caller: int
    ) -> tuple[int, int] | None:
        known = self._latest.get((kind, name)) if binding == "latest" else None
        if known is not None:
            return known
        if binding == "deployment":
            rows = self._query(_TOGETHER, kind, name, caller)
        elif binding == "versionTag":
            rows = self._query(_TAGGED, kind, name, version_tag)
        else:
            rows = self._query(_LATEST, kind, name)
        if not rows:
            return None
        found = int(rows[0][0]), int(rows[0][1])
        if binding == "latest":
            self._latest[kind, name] = found
        return found

    def _query(self, sql: str, *values: Any) -> list[Any]:
        return self._tx.raw(self._tx.statements.constant(sql), (self._tx.tenant, *values))

    def _row(self, key: int) -> tuple[str, int, str, str, int]:
        rows = self._query(_BY_KEY, key)
        if not rows:
            raise NotFound(f"there is no definition {key}")
        return rows[0]  # type: ignore[no-any-return]  # as selected

    def _data(self, digest: str) -> bytes:
        rows = self._query(_DATA, digest)
        if not rows:
            raise NotFound(f"the file with digest {digest} is not in the store", mend="Restore the database.")
        return bytes(rows[0][0])
