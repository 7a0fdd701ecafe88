"""A case to read: what happened, what was called, decided, corrected and confirmed, from its sealed records.

The report is made of the records alone, in both languages, and is the same for the same records. It leaves
out the act of handing over itself, which comes after it.
"""

import html
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from mainspring.base import jsonio
from mainspring.engine import decode
from mainspring.engine.codec import UnknownEventError
from mainspring.govern.export import HANDED_OVER
from mainspring.govern.leaves import Leaf
from mainspring.store.types import from_micros

_LONGEST = 300
_NOTE = (
    "All times are UTC. Steps of the engine itself stand in leaves.jsonl only. Check this with verify.py. · "
    "时间为协调世界时；引擎内部步骤仅见 leaves.jsonl；请用 verify.py 校验。"
)
_STYLE = (
    "body{font:14px/1.5 sans-serif;margin:2em;color:#222}table{border-collapse:collapse;width:100%}"
    "th,td{text-align:left;vertical-align:top;padding:.2em .6em;border-bottom:1px solid #ddd;"
    "overflow-wrap:anywhere}th{background:#f4f4f4}img{max-width:24em;margin:.5em}"
)
_INNER = frozenset({"SequenceFlowTaken", "ElementActivated", "JobCreated"})
"""Events that say how the engine got on rather than what happened; leaves.jsonl has them all."""
_PLACES = frozenset({"element", "flow", "catcher", "actor"})
ERASED = "erased · 已删除"


class Section(NamedTuple):
    """A table of the report: title, heads of columns, rows of text."""

    title: str
    heads: tuple[str, ...]
    rows: list[tuple[str, ...]]


class Report(NamedTuple):
    """What both the page and the PDF show."""

    case: str
    sections: list[Section]
    pictures: list[str]


def report(instance: int, leaves: Sequence[Leaf], files: dict[str, bytes]) -> Report:
    """The report of a case from its leaves and files."""
    rows = [json.loads(leaf.data) for leaf in leaves]
    contents = {leaf.position: leaf.content for leaf in leaves}
    sections = [
        Section(
            "What happened · 经过",
            ("time · 时间", "who · 谁", "what · 事项", "where · 环节", "detail · 内容"),
            [_event(row, contents) for row in rows if row[0] == "event" and row[8] not in _INNER],
        ),
        Section(
            "Calls of business operations · 业务操作调用",
            ("time · 时间", "who · 谁", "operation · 操作", "outcome · 结果", "amount · 金额", "rule · 依据"),
            [_call(row) for row in rows if row[0] == "call"],
        ),
        Section(
            "Confirmations · 审批确认",
            ("time · 时间", "who · 谁", "step · 步骤", "operation · 操作", "note · 备注"),
            [_step(row, contents) for row in rows if row[0] == "approval"],
        ),
        Section(
            "Work of digital employees · 数字员工的工作",
            (
                "time · 时间",
                "employee · 员工",
                "skill · 技能",
                "outcome · 结果",
                "confidence · 置信度",
                "doubts · 疑点",
            ),
            [_run(row) for row in _lines(files, "records/runs.jsonl")],
        ),
        Section(
            "Corrections · 更正",
            ("time · 时间", "person · 人员", "draft · 草稿", "answer · 更正为"),
            [_correction(row) for row in _lines(files, "records/corrections.jsonl")],
        ),
        Section(
            "Acts of governance · 治理事项",
            ("time · 时间", "who · 谁", "act · 事项", "about · 对象", "detail · 内容"),
            [_act(row, contents) for row in rows if row[0] == "act" and row[6] != HANDED_OVER],
        ),
        Section(
            "Files · 文件",
            ("name · 名称", "bytes · 字节"),
            [(name, f"{len(data):,}") for name, data in sorted(files.items())],
        ),
    ]
    pictures = [name for name in sorted(files) if name.endswith((".jpg", ".png", ".webp"))]
    return Report(str(instance), [one for one in sections if one.rows], pictures)


def page(shown: Report) -> bytes:
    """The report as one HTML page without scripts; pictures stand beside it in the bundle."""
    parts = [
        "<!doctype html>\n<html><head><meta charset='utf-8'>",
        f"<title>Case {shown.case}</title>",
        f"<style>{_STYLE}</style></head><body>",
        f"<h1>Case · 案例 {shown.case}</h1>",
        f"<p>{_NOTE}</p>",
    ]
    for section in shown.sections:
        parts.append(f"<h2>{html.escape(section.title)}</h2><table><tr>")
        parts += [f"<th>{html.escape(head)}</th>" for head in section.heads]
        parts.append("</tr>")
        for row in section.rows:
            cells = "".join(f"<td>{html.escape(cell)}</td>" for cell in row)
            parts.append(f"<tr>{cells}</tr>")
        parts.append("</table>")
    parts += [
        f"<img src='{html.escape(name, quote=True)}' alt='{html.escape(name)}'>" for name in shown.pictures
    ]
    return "\n".join([*parts, "</body></html>\n"]).encode()


def _event(row: list[Any], contents: dict[int, bytes | None]) -> tuple[str, ...]:
    content = contents[row[1]]
    told = ERASED if content is None else _told(row[8], content)
    return _time(row[4]), _who(row[5:8]), row[8], row[9] or "", told


def _told(type_name: str, content: bytes) -> str:
    """What an event says besides keys and places, as `name: value`."""
    try:
        event = decode(type_name, jsonio.loads(content))
    except UnknownEventError:
        return _short(content.decode())
    said = {
        name: value
        for name, value in event._asdict().items()
        if name not in _PLACES and not isinstance(value, int) and value not in (None, "", [], {}, ())
    }
    return _short("; ".join(f"{name}: {_plain(value)}" for name, value in said.items()))


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else jsonio.dumps(jsonio.normalise(value)).decode()


def _call(row: list[Any]) -> tuple[str, ...]:
    outcome = f"{row[15]} ({row[26]})" if row[26] else row[15]
    return _time(row[3]), _who(row[6:9]), row[4], outcome, str(row[20] or ""), _short(row[24] or "")


def _step(row: list[Any], contents: dict[int, bytes | None]) -> tuple[str, ...]:
    return _time(row[3]), _who(row[5:8]), row[4], row[9], _content(row, contents)


def _act(row: list[Any], contents: dict[int, bytes | None]) -> tuple[str, ...]:
    return _time(row[2]), _who(row[3:6]), row[6], row[7], _content(row, contents)


def _run(row: dict[str, Any]) -> tuple[str, ...]:
    at, confidence = str(row["at"]), str(row["confidence"])
    return (
        at[:19],
        f"{row['agent']} v{row['version']}",
        row["skill"],
        row["outcome"],
        confidence,
        _text(row["doubts"]),
    )


def _correction(row: dict[str, Any]) -> tuple[str, ...]:
    return str(row["at"])[:19], row["person"], _text(row["draft"]), _text(row["answer"])


def _content(row: list[Any], contents: dict[int, bytes | None]) -> str:
    if row[-1] is None:
        return ""
    content = contents[row[1]]
    return ERASED if content is None else _short(content.decode())


def _who(cells: Iterable[Any]) -> str:
    kind, name, lent = cells
    return f"{kind} {name}" + (f" for {lent}" if lent else "")


def _time(micros: int) -> str:
    at: datetime = from_micros(micros).astimezone(UTC)
    return f"{at:%Y-%m-%d %H:%M:%S}"


def _text(value: Any) -> str:
    return _short(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _lines(files: dict[str, bytes], name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in files.get(name, b"").splitlines()]
