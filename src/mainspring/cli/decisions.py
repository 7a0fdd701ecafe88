"""`mainspring dmn`: decision models checked, tested, and their tables taken to spreadsheets and back."""

from pathlib import Path
from typing import Annotated, Any

import typer

from mainspring import dmn
from mainspring.cli.errors import ArgumentError
from mainspring.cli.given import read
from mainspring.cli.options import Json
from mainspring.cli.output import say, say_json

ILL = 1

app = typer.Typer(no_args_is_help=True)
Files = Annotated[list[Path], typer.Argument(help="DMN files; each may import the others.")]
ModelFile = Annotated[Path, typer.Argument(help="A DMN file.")]
Decision = Annotated[str, typer.Argument(help="Name or id of the decision whose logic is a table.")]
Sheet = Annotated[Path, typer.Argument(help="An .xlsx or .csv file.")]


@app.callback()
def models() -> None:
    """Check and test decision models; take their tables to Excel or CSV and back.

    Example: mainspring dmn check credit.dmn
    """


@app.command()
def check(files: Files, *, json: Json = False) -> None:
    """Find what is wrong in decision models: names, types, gaps, overlaps, rules that never decide.

    Example: mainspring dmn check credit.dmn ladder.dmn
    """
    found = [(file, finding) for file, model in _loaded(files) for finding in dmn.analyse(model)]
    _tell(found, json=json, none="nothing found")


@app.command("test")
def run_tests(files: Files, *, json: Json = False) -> None:
    """Run the unit tests beside decision models (credit.tests.yaml beside credit.dmn).

    Example: mainspring dmn test credit.dmn
    """
    found: list[tuple[Path, dmn.Finding]] = []
    count = 0
    for file, model in _loaded(files):
        for name in dmn.beside(file.name):
            beside = file.with_name(name)
            if beside.exists():
                cases = dmn.read_cases(read(beside), name)
                count += len(cases)
                found.extend((beside, failed) for failed in dmn.check(model, cases))
    if not count:
        beside_first = " or ".join(dmn.beside(files[0].name))
        raise ArgumentError("there are no tests beside the models", mend=f"Write {beside_first}.")
    _tell(found, json=json, none=f"{count} tests passed", some=f"{len(found)} of {count} tests failed")


@app.command("export")
def export_table(model: ModelFile, decision: Decision, out: Sheet) -> None:
    """Write a decision table as a spreadsheet that from-sheet reads back.

    Example: mainspring dmn export credit.dmn credit credit.xlsx
    """
    table = dmn.table_of(dmn.load(read(model), _siblings(model)).document, decision)
    made = dmn.to_csv(table) if _is_csv(out) else dmn.to_excel(table, decision)
    _write(out, made)
    say(f"{len(table.rules)} rules written to {out}")


@app.command("import")
def import_table(
    model: ModelFile,
    decision: Decision,
    sheet: Sheet,
    out: Annotated[Path | None, typer.Option(help="Where to write; without it the model itself.")] = None,
) -> None:
    """Put a spreadsheet's rules into the decision table of a model; all else in the model stays as it is.

    Example: mainspring dmn import credit.dmn credit credit.xlsx --out new.dmn
    """
    data = read(sheet)
    table = dmn.from_csv(data, sheet.name) if _is_csv(sheet) else dmn.from_excel(data, source=sheet.name)
    made = dmn.with_table(read(model), decision, table)
    found = [finding for finding in dmn.analyse(dmn.load(made, _siblings(model))) if finding.refuses]
    if found:
        mend = "Nothing was written. Mend the cells named."
        raise ArgumentError("; ".join(map(str, found[:3])), where=str(sheet), mend=mend)
    _write(out or model, made)
    say(f"{len(table.rules)} rules written to {out or model}")


def _is_csv(sheet: Path) -> bool:
    ending = sheet.suffix.lower()
    if ending not in {".csv", ".xlsx"}:
        raise ArgumentError(f"{sheet} is neither .xlsx nor .csv", mend="Give the file one of these endings.")
    return ending == ".csv"


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise ArgumentError(f"{path} cannot be written: {error.strerror}") from None


def _siblings(model: Path) -> list[bytes]:
    return [read(other) for other in sorted(model.parent.glob("*.dmn")) if other != model]


def _loaded(files: list[Path]) -> list[tuple[Path, dmn.Model]]:
    data = {file: read(file) for file in files}
    return [
        (file, dmn.load(own, [other for name, other in data.items() if name != file]))
        for file, own in data.items()
    ]


def _tell(found: list[tuple[Path, dmn.Finding]], *, json: bool, none: str, some: str = "") -> None:
    if json:
        say_json([_plain(file, finding) for file, finding in found])
    else:
        for file, finding in found:
            place = f", character {finding.position + 1}" if finding.position else ""
            say(f"{file}{place}: {finding} [{finding.kind}]")
        say((some or f"{len(found)} findings") if found else none)
    if any(finding.refuses for _, finding in found):
        raise typer.Exit(ILL)


def _plain(file: Path, finding: dmn.Finding) -> dict[str, Any]:
    return {
        "file": str(file),
        "kind": finding.kind,
        "severity": finding.severity,
        "element": finding.element,
        "where": finding.where,
        "rule": finding.rule,
        "column": finding.column,
        "position": finding.position,
        "message": finding.message,
        "example": dmn.plain(finding.example),
    }
