"""Decides one table, and evaluates one condition, with the peers of bench/dmn.py; runs in their environment.

Reads `{"rules": [[tier, low, high, age, output]], "contexts": [...], "condition": text, "seconds": n}` from standard
input and prints answers and rates as JSON. What fails with a peer is printed as its reason.
"""

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from types import SimpleNamespace
from typing import Any

Decide = Callable[[dict[str, Any]], Any]


def pydmnrules(rules: list[list[Any]]) -> Decide:
    """PyDMNrules reads its tables from a workbook; a double line parts inputs from outputs."""
    import openpyxl  # the peer's environment has it
    import pyDMNrules  # type: ignore[import-not-found] # likewise
    from openpyxl.styles import Border, Side

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Rates"
    sheet.append(["Rates"])
    sheet.append(["U", "tier", "amount", "region", "age", "rate"])
    for number, (tier, low, high, age, output) in enumerate(rules, 1):
        sheet.append([number, f'"{tier}"', f"[{low}..{high})", "-", f">= {age}", output])
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.border = Border(*(Side("thin") for _ in range(4)))
        row[4].border = Border(Side("thin"), Side("double"), Side("thin"), Side("thin"))
        row[5].border = Border(Side("double"), Side("thin"), Side("thin"), Side("thin"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rates.xlsx"
        book.save(path)
        engine = pyDMNrules.DMN()
        status = engine.load(str(path))
    if status and "errors" in status:
        raise RuntimeError(str(status["errors"])[:300])

    def decide(context: dict[str, Any]) -> Any:
        status, found = engine.decide(context)
        if status and "errors" in status:
            raise RuntimeError(str(status["errors"])[:300])
        return (found[-1] if isinstance(found, list) else found)["Result"]["rate"]

    return decide


def spiff(rules: list[list[Any]]) -> Decide:
    """SpiffWorkflow's DMN tables hold Python."""
    from lxml import etree
    from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine  # type: ignore[import-not-found] # likewise
    from SpiffWorkflow.dmn.engine.DMNEngine import DMNEngine  # type: ignore[import-not-found] # likewise
    from SpiffWorkflow.dmn.parser.DMNParser import DMNParser  # type: ignore[import-not-found] # likewise

    namespace = "https://www.omg.org/spec/DMN/20191111/MODEL/"
    inputs = "".join(
        f'<input label="{name}"><inputExpression typeRef="string"><text>{name}</text></inputExpression></input>'
        for name in ("tier", "amount", "region", "age")
    )
    rows = ""
    for tier, low, high, age, output in rules:
        cells = (f'"{tier}"', f"{low} &lt;= ? &lt; {high}", "", f"? >= {age}")
        rows += "<rule>" + "".join(f"<inputEntry><text>{cell}</text></inputEntry>" for cell in cells)
        rows += f"<outputEntry><text>{output}</text></outputEntry></rule>"
    text = (
        f'<definitions xmlns="{namespace}"><decision id="d" name="D"><decisionTable hitPolicy="UNIQUE">{inputs}'
        f'<output name="rate" label="rate" typeRef="number"/>{rows}</decisionTable></decision></definitions>'
    )
    parser = DMNParser(None, etree.fromstring(text.encode()), {"dmn": namespace})
    parser.parse()
    engine = DMNEngine(parser.decision.decisionTables[0])
    workflow = SimpleNamespace(script_engine=PythonScriptEngine())

    def decide(context: dict[str, Any]) -> Any:
        return engine.result(SimpleNamespace(data=context, workflow=workflow))["rate"]

    return decide


def bkflow(condition: str) -> Decide:
    """bkflow-feel evaluates expressions only."""
    from bkflow_feel.api import parse_expression  # type: ignore[import-not-found] # likewise

    return lambda context: parse_expression(condition, context)


def rate(decide: Decide, contexts: list[dict[str, Any]], seconds: float) -> float:
    """Answers a second."""
    done, begin = 0, perf_counter()
    while perf_counter() - begin < seconds:
        for context in contexts:
            decide(dict(context))
            done += 1
            if perf_counter() - begin >= seconds:
                break
    return done / (perf_counter() - begin)


def main() -> None:
    """Measure each peer."""
    given = json.load(sys.stdin)
    peers: dict[str, tuple[Callable[[], Decide], list[dict[str, Any]]]] = {
        "pyDMNrules": (lambda: pydmnrules(given["rules"]), given["contexts"]),
        "SpiffWorkflow": (lambda: spiff(given["rules"]), given["contexts"]),
        "bkflow-feel": (lambda: bkflow(given["condition"]), given["orders"]),
    }
    report: dict[str, Any] = {}
    for name, (make, contexts) in peers.items():
        try:
            decide = make()
            answers = [str(decide(dict(context))) for context in contexts[:10]]
            report[name] = {"answers": answers, "rate": rate(decide, contexts, given["seconds"])}
        except Exception as error:  # noqa: BLE001  a peer that fails is reported, not fatal
            report[name] = {"error": f"{type(error).__name__}: {error}"[:300]}
    sys.stdout.write(json.dumps(report) + "\n")


if __name__ == "__main__":
    main()
