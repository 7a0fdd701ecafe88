"""The demo inquiries: hand-written texts with their truth in, raw files and truth.jsonl out."""

import json
import re
from pathlib import Path
from typing import Any

import yaml
from tools.demo_company.catalogue import Customer
from tools.demo_company.mails import mail
from tools.demo_company.pages import pdf, scan
from tools.demo_company.sheets import workbook

TEXTS = Path(__file__).parent / "texts"
AMBIGUOUS = "ambiguous"
NUMBER = re.compile(r"(0|[1-9]\d{0,5})(\.\d+)?", re.ASCII)


def authored(which: str) -> list[dict[str, Any]]:
    """The authored inquiries of one set (`frozen` or `open`), in the order of their numbers."""
    found: list[dict[str, Any]] = []
    for path in sorted(TEXTS.glob(f"{which}_*.yaml")):
        found += yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - all strings
    return [{**_typed(entry), "set": which} for entry in found]


def _typed(entry: Any) -> Any:
    """BaseLoader reads every scalar as text, so that dates stay as written; null and flags are made here."""
    if isinstance(entry, dict):
        return {
            key: value if key in {"body", "html", "page"} else _typed(value) for key, value in entry.items()
        }
    if isinstance(entry, list):
        return [_typed(value) for value in entry]
    return {"null": None, "true": True, "false": False}.get(entry, entry)


def suffix(spec: dict[str, Any]) -> str:
    """The ending of the file of an authored inquiry."""
    return "jpg" if spec.get("jpg") else str(spec.get("form", "eml"))


def raw(spec: dict[str, Any], by_id: dict[str, Customer]) -> bytes:
    """The bytes of the file of an authored inquiry."""
    form = spec.get("form", "eml")
    page = spec | {key: float(spec[key]) for key in ("rotate", "noise") if key in spec}
    page |= {key: int(spec[key]) for key in ("width", "height", "font") if key in spec}
    if form == "eml":
        return mail(_with_sizes(spec), by_id.get(spec["customer"]))
    if form == "xlsx":
        return workbook(_with_numbers(spec["sheets"]))
    if form == "pdf":
        return pdf(page)
    if form == "png":
        return scan(page)
    text = str(spec["body"]).encode(spec.get("encoding", "utf-8"))
    return b"\xef\xbb\xbf" + text if spec.get("bom") else text


def _with_sizes(spec: dict[str, Any]) -> dict[str, Any]:
    parts = []
    for part in spec.get("attach", ()):
        kind = next(key for key in ("xlsx", "pdf", "png", "jpg") if key in part)
        inner = part[kind]
        if kind == "xlsx":
            parts.append(part | {kind: _with_numbers(inner)})
            continue
        sizes = {key: int(inner[key]) for key in ("width", "height", "font") if key in inner}
        turns = {key: float(inner[key]) for key in ("rotate", "noise") if key in inner}
        parts.append(part | {kind: inner | sizes | turns})
    return spec | {"attach": parts}


def _with_numbers(sheets: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [sheet | {"rows": [[_number(cell) for cell in row] for row in sheet["rows"]]} for sheet in sheets]


def _number(cell: Any) -> Any:
    """A cell of up to six digits is a number; a longer one is a code and stays text."""
    if not isinstance(cell, str) or not NUMBER.fullmatch(cell):
        return cell
    return float(cell) if "." in cell else int(cell)


def truth(spec: dict[str, Any]) -> dict[str, Any]:
    """The line of truth.jsonl of an authored inquiry."""
    lines = []
    for text, sku, quantity, unit, *why in spec["lines"]:
        reason = why[0] if why else None
        ask = reason == AMBIGUOUS
        lines.append(
            {"text": text, "sku": sku, "quantity": quantity, "unit": unit, "why_null": reason, "ask": ask}
        )
    return {
        "file": f"{spec['set']}/{spec['id']}.{suffix(spec)}",
        "frozen": spec["set"] == "frozen",
        "kind": spec["kind"],
        "customer_id": spec["customer"],
        "language": spec["language"],
        "received": spec["received"],
        "order_no": spec.get("order_no"),
        "requested_date": spec.get("requested_date"),
        "delivery_place": spec.get("delivery_place"),
        "lines": lines,
        "injection": bool(spec.get("injection")),
        "matter": spec.get("matter"),
        "notes": str(spec.get("notes", "")).strip(),
    }


def asked_in_open() -> dict[str, list[str]]:
    """The articles each customer asks for in the open set; the frozen set teaches nothing."""
    found: dict[str, list[str]] = {}
    for spec in authored("open"):
        if spec["customer"]:
            found.setdefault(spec["customer"], []).extend(line[1] for line in spec["lines"] if line[1])
    return found


def write(target: Path, customers: list[Customer]) -> int:
    """Write the raw files and truth.jsonl below `target`; returns how many files there are."""
    by_id = {customer.customer_id: customer for customer in customers}
    specs = authored("frozen") + authored("open")
    for spec in specs:
        path = target / spec["set"] / f"{spec['id']}.{suffix(spec)}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw(spec, by_id))
    lines = [json.dumps(truth(spec), ensure_ascii=False) for spec in specs]
    (target / "truth.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return len(specs)
