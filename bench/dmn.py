"""How fast and how safely FEEL and DMN run, beside other engines in the same run.

    python -m bench.dmn [--peers FOLDER] [--seconds 2] [--json OUT]

FOLDER is a throw-away environment that this program makes there when it is missing: a virtual environment
with pyDMNrules, SpiffWorkflow and bkflow-feel, and, where node is, feelin. Without it their rows stay empty.
"""

import argparse
import gc
import json
import random
import resource
import shutil
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from time import process_time
from typing import Any

from bench.hostile_feel import expressions, inputs

from mainspring import dmn, feel

HERE = Path(__file__).parent
PYTHON_PEERS = ("pydmnrules==1.4.5", "SpiffWorkflow==3.2.*", "bkflow-feel==1.2.0")
TIERS = ("gold", "silver", "bronze")
BANDS = ((0, 1_000), (1_000, 5_000), (5_000, 20_000), (20_000, 1_000_000_000))
COLUMNS = (("tier", "string"), ("amount", "number"), ("region", "string"), ("age", "number"))
CONDITION = 'amount > 1000 and customer.tier = "A"'
Rules = list[tuple[str, int, int, int, int]]


def rules_of(count: int) -> Rules:
    """Rules that do not overlap: tier, from and below an amount, least age, output."""
    if count == len(TIERS) * len(BANDS):
        return [
            (tier, low, high, 0, n)
            for n, (tier, (low, high)) in enumerate((t, b) for t in TIERS for b in BANDS)
        ]
    return [(TIERS[n % 3], n * 10, n * 10 + 10, 0, n) for n in range(count)]


def model_of(rules: Rules) -> bytes:
    """A model with one decision table of these rules."""
    inputs = "".join(
        f'<input><inputExpression typeRef="{of}"><text>{name}</text></inputExpression></input>'
        for name, of in COLUMNS
    )
    data = "".join(
        f'<inputData id="{name}" name="{name}"><variable name="{name}" typeRef="{of}"/></inputData>'
        for name, of in COLUMNS
    )
    needs = "".join(
        f'<informationRequirement><requiredInput href="#{name}"/></informationRequirement>'
        for name, _ in COLUMNS
    )
    rows = ""
    for tier, low, high, age, output in rules:
        cells = (f'"{tier}"', f"[{low}..{high})", "-", f"&gt;= {age}")
        entries = "".join(f"<inputEntry><text>{cell}</text></inputEntry>" for cell in cells)
        rows += f'<rule id="r{output}">{entries}<outputEntry><text>{output}</text></outputEntry></rule>'
    head = 'xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="bench" namespace="urn:bench"'
    table = f'<decisionTable hitPolicy="UNIQUE">{inputs}<output name="rate"/>{rows}</decisionTable>'
    decision = f'<decision id="d" name="D"><variable name="D" typeRef="number"/>{needs}{table}</decision>'
    return f"<definitions {head}>{data}{decision}</definitions>".encode()


def contexts_of(rules: Rules, count: int = 200) -> list[dict[str, Any]]:
    """Inputs that each match one rule, the same at every run."""
    chance = random.Random(4)
    chosen = [chance.choice(rules) for _ in range(count)]
    return [
        {
            "tier": tier,
            "amount": low + chance.randrange(min(high - low, 1_000)),
            "region": "north",
            "age": age + 30,
        }
        for tier, low, high, age, _ in chosen
    ]


def rate(call: Callable[[Any], Any], inputs: list[Any], seconds: float) -> float:
    """Calls a second."""
    done, begin = 0, process_time()
    while process_time() - begin < seconds:
        for given in inputs:
            call(given)
        done += len(inputs)
    return done / (process_time() - begin)


def ours(rules: Rules, seconds: float) -> tuple[float, float, list[str]]:
    """Answers a second with explanation, seconds to load, and the first answers."""
    begin = process_time()
    model = dmn.load(model_of(rules))
    loaded = process_time() - begin
    inputs = [
        {key: Decimal(value) if isinstance(value, int) else value for key, value in context.items()}
        for context in contexts_of(rules)
    ]
    answers = [str(model.evaluate("D", given).value) for given in inputs[:10]]
    return rate(lambda given: model.evaluate("D", given), inputs, seconds), loaded, answers


def prepare(folder: Path) -> None:
    """Make the peers' environment where it is missing."""
    if not (folder / "bin").exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(folder / "bin" / "pip"), "-q", "install", *PYTHON_PEERS], check=True)
    npm = shutil.which("npm")
    if npm and not (folder / "node_modules").exists():
        subprocess.run([npm, "install", "--silent", "--prefix", str(folder), "feelin@8.2.0"], check=True)


def peers(folder: Path, rules: Rules, seconds: float) -> dict[str, Any]:
    """What the other engines reach on the same rules and inputs."""
    given = {
        "rules": rules,
        "contexts": contexts_of(rules),
        "condition": CONDITION,
        "orders": [{"amount": n * 100, "customer": {"tier": "AB"[n % 2]}} for n in range(20)],
        "seconds": seconds,
        "home": str(folder),
    }
    text = json.dumps(given)
    python = [str(folder / "bin" / "python"), str(HERE / "peers" / "decisions.py")]
    run = subprocess.run(python, input=text, capture_output=True, text=True, check=False)
    found: dict[str, Any] = (
        json.loads(run.stdout.splitlines()[-1]) if run.stdout else {"peers": {"error": run.stderr[-300:]}}
    )
    node = shutil.which("node")
    if node and (folder / "node_modules").exists():
        run = subprocess.run(
            [node, str(HERE / "peers" / "feelin.mjs")],
            input=text,
            capture_output=True,
            text=True,
            check=False,
        )
        found["feelin"] = json.loads(run.stdout) if run.returncode == 0 else {"error": run.stderr[-300:]}
    return found


def hostile() -> dict[str, Any]:
    """The slowest and the largest of the hostile expressions."""
    feel.evaluate('matches("a", "b") or date("2026-01-01") = @"2026-01-01"', {})
    gc.collect()
    gc.freeze()  # what the measurements before left behind is not the expression's to pay for
    slowest, largest, crashed = (0.0, ""), (0, ""), 0
    asked: list[tuple[str, dict[str, Any]]] = [(text, {}) for text in expressions()] + inputs()
    for text, given in asked:
        for traced in (False, True):
            if traced:
                tracemalloc.start()
            begin = process_time()
            try:
                feel.compile(text).evaluate(given)
            except feel.FeelSyntaxError:
                pass
            except Exception:  # noqa: BLE001  counted, and there should be none
                crashed += 1
            if traced:
                largest = max(largest, (tracemalloc.get_traced_memory()[1], text[:60]))
                tracemalloc.stop()
            else:
                slowest = max(slowest, (process_time() - begin, text[:60]))
    return {
        "expressions": len(asked),
        "crashed": crashed,
        "slowest_ms": slowest[0] * 1000,
        "slowest": slowest[1],
        "largest_mb": largest[0] / 1e6,
        "largest": largest[1],
    }


def compiling(count: int = 1_000) -> float:
    """Seconds to compile so many different expressions."""
    texts = [
        f'total > {n} and customer.tier = "T{n}" or sum(for l in lines return l.qty * l.price) > {n}'
        for n in range(count)
    ]
    begin = process_time()
    for text in texts:
        feel.compile(text)
    return process_time() - begin


def main() -> None:
    """Print the tables."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--peers", type=Path, help="a folder for the environment of the other engines")
    asked.add_argument("--seconds", type=float, default=2.0, help="length of each measurement")
    asked.add_argument("--json", type=Path, help="write the figures here too")
    options = asked.parse_args()
    small = rules_of(12)
    own, _, answers = ours(small, options.seconds)
    condition = feel.compile(CONDITION)
    orders = [{"amount": Decimal(n * 100), "customer": {"tier": "AB"[n % 2]}} for n in range(20)]
    rows: dict[str, Any] = {
        "mainspring, table with explanation": {"rate": own, "answers": answers},
        "mainspring, condition": {"rate": rate(condition, orders, options.seconds)},
    }
    if options.peers:
        prepare(options.peers.resolve())
        rows |= peers(options.peers.resolve(), small, options.seconds)
    print("| 12 rules x 4 inputs, or one condition | a second | same answers |")
    print("|---|---:|---|")
    for name, row in rows.items():
        table = name in {"pyDMNrules", "SpiffWorkflow"}
        agreed = [float(a) for a in row.get("answers", [])] == [float(a) for a in answers] if table else ""
        print(
            f"| {name} | {row['rate']:,.0f} | {agreed} |"
            if "rate" in row
            else f"| {name} | {row['error']} | |"
        )
    print("\n| table | a second | microseconds | seconds to load |\n|---|---:|---:|---:|")
    for count in (50, 5_000):
        reached, loaded, _ = ours(rules_of(count), options.seconds)
        rows[f"{count} rules"] = {"rate": reached, "load": loaded}
        print(f"| {count} rules | {reached:,.0f} | {1e6 / reached:.2f} | {loaded:.2f} |")
    rows["compile 1,000 expressions, s"] = compiling()
    print(f"\ncompiling 1,000 expressions: {rows['compile 1,000 expressions, s']:.2f} s")
    rows["hostile"] = found = hostile()
    print(f"hostile expressions: {found['expressions']}, crashed: {found['crashed']}")
    print(f"slowest: {found['slowest_ms']:.0f} ms ({found['slowest']})")
    print(f"largest: {found['largest_mb']:.1f} MB ({found['largest']})")
    print(f"memory of the whole run: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    if options.json:
        options.json.write_text(json.dumps(rows, indent=2, default=str), "utf-8")


if __name__ == "__main__":
    main()
