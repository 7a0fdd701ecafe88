"""Deploying from the workbench: what is found in files, and putting them in force."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from mainspring.app.errors import QuestionUnfit
from mainspring.app.house import House
from mainspring.app.reading_models import needed
from mainspring.bpmn import Finding
from mainspring.engine.events import Actor
from mainspring.runtime import DeploymentRefused, deploy
from mainspring.runtime.deploy import Deployed
from mainspring.store import Tx

Shown = dict[str, Any]
_NAME = re.compile(r"[A-Za-z0-9_.\-]{1,120}\.(bpmn|dmn|form|tests\.yaml|tests\.json)")


def package(files: Sequence[tuple[str, str]]) -> dict[str, bytes]:
    """The files of a package by name.

    Raises:
        QuestionUnfit: two of one name, or a name that is no plain file name of a model.
    """
    found: dict[str, bytes] = {}
    for name, text in files:
        if _NAME.fullmatch(name) is None or name in found:
            raise QuestionUnfit(
                f"{name!r} is no file to deploy, or stands there twice",
                where="files",
                mend="Name each .bpmn, .dmn, .form or .tests.yaml once, without folders.",
            )
        found[name] = text.encode()
    return found


def checked(files: Mapping[str, bytes]) -> Shown:
    """What is found in the files, what cases need, and whether nothing refuses them. Nothing is stored."""
    try:
        found: Sequence[Finding] = deploy.check(files).findings
    except DeploymentRefused as refused:
        found = refused.findings
    return {"deployable": _fine(found), "findings": _findings(found), "needed": needed(files)}


def deployed(house: House, tx: Tx, files: Mapping[str, bytes], actor: Actor) -> Shown:
    """Put the files in force, or say what refuses them: then nothing is stored.

    Raises:
        Denied: the policies do not let this actor deploy.
    """
    try:
        made = house.runtime.deploy(files, actor, tx)
    except DeploymentRefused as refused:
        return {"deployed": False, "findings": _findings(refused.findings), "versions": []}
    units = (*made.processes, *made.decisions, *made.forms)
    return {
        "deployed": True,
        "findings": _findings(made.warnings),
        "versions": [_version(one) for one in units],
    }


def _fine(found: Sequence[Finding]) -> bool:
    return all(one.severity != "error" for one in found)


def _findings(found: Sequence[Finding]) -> list[Shown]:
    return [dict(one._asdict()) for one in found]


def _version(one: Deployed) -> Shown:
    return {
        "key": str(one.key),
        "id": one.id,
        "version": one.version,
        "name": one.name,
        "file": one.file,
        "new": one.new,
    }
