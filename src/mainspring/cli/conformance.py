"""`mainspring conformance`: the public suites of BPMN and DMN."""

from pathlib import Path
from typing import Annotated, Any

import typer

from mainspring.cli.errors import ArgumentError
from mainspring.cli.options import Json
from mainspring.cli.output import say, say_json
from mainspring.testing import conformance_bpmn, conformance_dmn

app = typer.Typer(no_args_is_help=True)
Folder = Annotated[Path, typer.Argument(help="Folder of the suite.")]


@app.callback()
def conformance() -> None:
    """Run the public conformance suites and print the figures.

    Example: mainspring conformance dmn suites/dmn
    """


@app.command()
def bpmn(folder: Folder, *, json: Json = False) -> None:
    """Run the BPMN suites of a folder: execution, refusal of invalid models, interchange.

    Example: mainspring conformance bpmn suites --json
    """
    suites = _suites(folder)
    if not json:
        say(conformance_bpmn.page(folder))
        return
    say_json({name: _figures(name, suite) for name, suite in suites.items()})


@app.command()
def dmn(folder: Folder, *, json: Json = False) -> None:
    """Run the DMN compatibility kit of a folder.

    Example: mainspring conformance dmn suites/dmn --json
    """
    if not folder.is_dir() or not any(folder.rglob("*-test-*.xml")):
        raise ArgumentError("there are no DMN test cases (*-test-*.xml)", where=str(folder), mend=_MEND)
    found = conformance_dmn.run(folder)
    say_json(found.as_dict()) if json else say(found.table())


_MEND = "Name the folder into which the suite was unpacked."


def _suites(folder: Path) -> dict[str, Path]:
    known = {name: folder if folder.name == name else folder / name for name in conformance_bpmn.SUITES}
    found = {name: suite for name, suite in known.items() if suite.is_dir()}
    if not found:
        names = ", ".join(known)
        raise ArgumentError(f"there is none of the suites {names}", where=str(folder), mend=_MEND)
    return found


def _figures(name: str, suite: Path) -> dict[str, Any]:
    models = len(list(suite.rglob("*.bpmn")))
    if name == "bpmn-invalid":
        return {"passed": len(conformance_bpmn.refused(suite)), "all": models}
    if name == "bpmn-interchange":
        changed = conformance_bpmn.changed(suite)
        return {"passed": models - len(changed), "all": models, "failures": changed}
    straight = conformance_bpmn.run(suite)
    reloaded = conformance_bpmn.run(suite, reload=True)
    return {
        way: {
            "passed": report.passed,
            "all": len(report.outcomes),
            "failures": [f"{one.model} case {one.case}" for one in report.failures],
        }
        for way, report in (("straight", straight), ("reloaded", reloaded))
    }
