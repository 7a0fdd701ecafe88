"""Decides one table, and evaluates one condition, with the peers of bench/dmn.py; runs in their environment.

Reads `{"rules": [[tier, low, high, age, output]], "contexts": [...], "condition": text, "seconds": n}` from
standard input and prints answers and rates as JSON. What fails with a peer is printed as its reason.
"""

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import process_time
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
    for number, row in enumerate(sheet.iter_rows(min_row=2)):
        below = Side("thin" if number else "double")  # a double line parts the heading from the rules
        for column, cell in enumerate(row):
            left, right = (Side("double" if column == edge else "thin") for edge in (5, 4))
            cell.border = Border(left=left, right=right, top=Side("thin"), bottom=below)
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
    table = etree.fromstring(
        f'<definitions xmlns="{namespace}"><decision id="d" name="D">'
        '<decisionTable id="t" hitPolicy="UNIQUE"/></decision></definitions>'
    )

    def add(parent: Any, tag: str, **attributes: str) -> Any:
        return etree.SubElement(parent, f"{{{namespace}}}{tag}", {"id": f"e{id(object())}", **attributes})

    for name in ("tier", "amount", "region", "age"):
        add(
            add(add(table[0][0], "input", label=name), "inputExpression", typeRef="string"), "text"
        ).text = name
    add(table[0][0], "output", name="rate", label="rate", typeRef="number")
    for tier, low, high, age, output in rules:
        rule = add(table[0][0], "rule")
        for cell in (f'"{tier}"', f"{low} <= ? < {high}", "? == ?", f"? >= {age}"):
            add(add(rule, "inputEntry"), "text").text = cell
        add(add(rule, "outputEntry"), "text").text = str(output)
    parser = DMNParser(None, table, {"dmn": namespace})
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
    done, begin = 0, process_time()
    while process_time() - begin < seconds:
        for context in contexts:
            decide(dict(context))
            done += 1
            if process_time() - begin >= seconds:
                break
    return done / (process_time() - begin)


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
