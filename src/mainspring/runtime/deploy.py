"""Deploying: check every file, then store them together; the same bytes again are the same version."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import delete, select, update

from mainspring import bpmn, dmn, engine
from mainspring.base.errors import MainspringError
from mainspring.bpmn import Finding
from mainspring.engine import Definition, timing
from mainspring.engine.errors import Fault
from mainspring.engine.events import Actor
from mainspring.runtime import decision_checks
from mainspring.runtime.errors import DeploymentRefused
from mainspring.runtime.library import Shelf
from mainspring.runtime.session import Session
from mainspring.store.deployment_tables import (
    definitions,
    deployed_files,
    deployments,
    start_events,
)
from mainspring.store.happenings import PackageDeployed

_KEEP = "INSERT INTO resources (tenant_id, digest, data) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"


@dataclass(frozen=True, slots=True)
class Deployed:
    """One version that a deployment made, or found to be there already.

    Attributes:
        key: of the definition.
        id: of the process, decision or form.
        version: counted from 1.
        name: as drawn.
        file: from which it came.
        new: False when the same bytes were deployed before.
    """

    key: int
    id: str
    version: int
    name: str
    file: str
    new: bool


@dataclass(frozen=True, slots=True)
class Deployment:
    """What was deployed together. `warnings` are findings that do not refuse."""

    key: int
    processes: tuple[Deployed, ...]
    decisions: tuple[Deployed, ...]
    forms: tuple[Deployed, ...]
    warnings: tuple[Finding, ...] = ()


class _Unit(NamedTuple):
    kind: str
    id: str
    name: str
    version_tag: str | None
    file: str
    digest: str
    compiled: Any


class _Checked(NamedTuple):
    units: list[_Unit]
    findings: list[Finding]


def check(files: Mapping[str, bytes]) -> _Checked:
    """Read, check and compile the files of a package.

    Raises:
        DeploymentRefused: with every finding of every file.
    """
    checked = _Checked([], [])
    others = {name: data for name, data in files.items() if name.endswith(".dmn")}
    for name, data in files.items():
        digest = sha256(data).hexdigest()
        siblings = [other for other_name, other in others.items() if other_name != name]
        try:
            _read(name, data, digest, siblings, checked)
            checked.findings.extend(decision_checks.of_tests(name, files))
        except bpmn.ModelError as error:
            known = [f for f in error.findings if f not in checked.findings]
            checked.findings.extend(known or ([] if error.findings else [_finding(name, error)]))
        except MainspringError as error:
            checked.findings.append(_finding(name, error))
    errors = [finding for finding in checked.findings if finding.severity == "error"]
    if errors:
        first = "; ".join(str(finding) for finding in errors[:3])
        more = f" and {len(errors) - 3} more" if len(errors) > 3 else ""  # noqa: PLR2004 - as shown
        raise DeploymentRefused(
            f"the package breaks {len(errors)} rule(s): {first}{more}", errors, mend="Nothing was deployed."
        )
    return checked


def _read(name: str, data: bytes, digest: str, siblings: list[bytes], checked: _Checked) -> None:
    if name.endswith(".bpmn"):
        _read_processes(name, data, digest, checked)
    elif name.endswith(".dmn"):
        _read_decisions(name, data, digest, siblings, checked)
    elif dmn.is_tests(name):
        return
    elif name.endswith(".form"):
        checked.units.append(_form(name, data, digest))
    else:
        raise MainspringError(
            "only .bpmn, .dmn (with .tests.yaml or .tests.json) and .form files are deployed", where=name
        )


def _finding(name: str, error: MainspringError) -> Finding:
    return Finding("error", "readable", error.where or name, error.message, name, 0, error.mend)


def _read_processes(name: str, data: bytes, digest: str, checked: _Checked) -> None:
    model = bpmn.read(data, name)
    checked.findings.extend(bpmn.validate(model))
    checked.findings.extend(decision_checks.of_expressions(model))
    if any(f.severity == "error" and f.source == name for f in checked.findings):
        return
    for process in model.processes:
        if process.executable:
            made = engine.compile(model, process.id)
            unit = _Unit("process", process.id, made.name, made.version_tag, name, digest, made)
            checked.units.append(unit)


def _read_decisions(name: str, data: bytes, digest: str, siblings: list[bytes], checked: _Checked) -> None:
    model = dmn.load(data, siblings)
    checked.findings.extend(decision_checks.of_model(name, model))
    for decision in model.decisions:
        checked.units.append(_Unit("decision", decision.id, decision.name, None, name, digest, model))


def _form(name: str, data: bytes, digest: str) -> _Unit:
    try:
        schema = json.loads(data)
    except ValueError as error:
        raise MainspringError(f"the form is no JSON: {error}", where=name) from error
    if not isinstance(schema, dict) or not isinstance(schema.get("id"), str):
        raise MainspringError("the form has no id", where=name, mend='Give it an "id".')
    return _Unit("form", schema["id"], schema["id"], None, name, digest, schema)


def deploy(session: Session, files: Mapping[str, bytes], actor: Actor, shelf: Shelf) -> Deployment:
    """Store a package; new versions become the latest, their start events take over.

    Raises:
        DeploymentRefused: with every finding; nothing was stored.
    """
    checked = check(files)
    tx = session.tx
    now = session.now()
    key = session.key()
    made: list[tuple[_Unit, Deployed]] = []
    fresh: list[_Unit] = []
    for unit in checked.units:
        latest = tx.all(
            select(definitions.c.key, definitions.c.version, definitions.c.digest)
            .where(
                definitions.c.tenant_id == tx.tenant,
                definitions.c.kind == unit.kind,
                definitions.c.id == unit.id,
            )
            .order_by(definitions.c.version.desc())
            .limit(1)
        )
        if latest and latest[0].digest == unit.digest:
            known = Deployed(int(latest[0].key), unit.id, latest[0].version, unit.name, unit.file, new=False)
            made.append((unit, known))
            continue
        version = latest[0].version + 1 if latest else 1
        made.append((unit, Deployed(session.key(), unit.id, version, unit.name, unit.file, new=True)))
        fresh.append(unit)
    if fresh:
        _store(session, key, files, made, actor)
        for unit, deployed in made:
            if deployed.new and unit.kind == "process":
                shelf.processes[deployed.key] = unit.compiled
                _begin(session, deployed, unit.compiled, now)
    by_kind: dict[str, list[Deployed]] = {"process": [], "decision": [], "form": []}
    for unit, deployed in made:
        by_kind[unit.kind].append(deployed)
    return Deployment(
        key,
        tuple(by_kind["process"]),
        tuple(by_kind["decision"]),
        tuple(by_kind["form"]),
        tuple(checked.findings),
    )


def _store(
    session: Session, key: int, files: Mapping[str, bytes], made: list[tuple[_Unit, Deployed]], actor: Actor
) -> None:
    tx = session.tx
    digests = {name: sha256(data).hexdigest() for name, data in files.items()}
    kept = [(tx.tenant, digests[name], data) for name, data in files.items()]
    tx.raw_many(tx.statements.constant(_KEEP), kept)
    tx.insert(deployments, {"key": key, "at": session.now(), "actor_kind": actor.kind, "actor_id": actor.id})
    tx.insert(
        deployed_files, [{"deployment": key, "name": name, "digest": one} for name, one in digests.items()]
    )
    for unit, deployed in made:
        if not deployed.new:
            continue
        row = {
            "key": deployed.key,
            "kind": unit.kind,
            "id": unit.id,
            "version": deployed.version,
            "version_tag": unit.version_tag,
            "name": unit.name,
            "deployment": key,
            "file": unit.file,
            "digest": unit.digest,
            "latest": True,
        }
        same = (definitions.c.kind == unit.kind) & (definitions.c.id == unit.id)
        tx.execute(update(definitions).where(definitions.c.tenant_id == tx.tenant, same).values(latest=False))
        tx.insert(definitions, row)
    versions = [(unit.kind, unit.id, one.version, one.key) for unit, one in made if one.new]
    session.note(key, 0, PackageDeployed(key, digests, versions), actor)
    session.latest.clear()


def _begin(session: Session, deployed: Deployed, definition: Definition, now: Any) -> None:
    """The start events of a new latest version replace those of the one before."""
    tx = session.tx
    older = (start_events.c.tenant_id == tx.tenant) & (start_events.c.process_id == deployed.id)
    tx.execute(delete(start_events).where(older))
    rows = []
    for start in definition.start_events:
        if start.kind not in {"message", "signal", "timer"}:
            continue
        row: dict[str, Any] = {
            "definition": deployed.key,
            "element": start.element,
            "process_id": deployed.id,
            "kind": start.kind,
            "name": None,
            "due": None,
            "repetitions": None,
            "interval": None,
        }
        try:
            if start.kind == "timer" and start.formula is not None:
                when = timing.schedule(start.timer, start.formula.evaluate({}, now), now)
                row |= {"due": when.due, "repetitions": when.repetitions, "interval": when.interval}
            elif start.name is not None:
                row["name"] = str(start.name.evaluate({}, now))
        except Fault as fault:
            finding = Finding("error", "start-event", start.element, fault.message, deployed.file)
            raise DeploymentRefused(str(finding), [finding], mend="Nothing was deployed.") from fault
        rows.append(row)
    tx.insert(start_events, rows)
