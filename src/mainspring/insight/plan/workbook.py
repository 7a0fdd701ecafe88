"""The one template of the landscape as an Excel workbook: made, and read back with every problem named."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError

from mainspring.insight.errors import PlanError
from mainspring.insight.plan.landscape import MOST, Landscape, Node

HEADS: Mapping[str, tuple[str, str]] = {
    "l1": ("L1 domain", "L1 流程域"),
    "l2": ("L2 group", "L2 流程组"),
    "l3": ("L3 process", "L3 流程"),
    "l4": ("L4 sub-process", "L4 子流程"),
    "l5": ("L5 activity", "L5 业务活动"),
    "l6": ("L6 task", "L6 任务"),
    "action": ("Action", "动作"),
    "pain": ("Pain point", "痛点"),
    "mode": ("Who does it (ai, both, person)", "执行方式（ai, both, person）"),
    "capability": (
        "Capability (workflow, analysis, task, question)",
        "能力类型（workflow, analysis, task, question）",
    ),
    "journey": ("Customer journey", "客户旅程"),
    "process": ("Process id", "流程编号"),
    "activity": ("Activity id", "活动编号"),
    "role": ("Role responsible", "责任角色"),
    "object": ("Object acted on", "作用对象"),
    "data": ("Data and knowledge", "数据与知识"),
    "standards": ("Standards and rules", "标准与规则"),
    "tools": ("Tools called", "调用工具"),
    "technique": ("Technique", "技术路径"),
    "inputs": ("Inputs", "输入"),
    "outputs": ("Outputs", "输出"),
    "feasibility": ("Maturity of the technique 1-5", "技术成熟度 1-5"),
    "revenue": ("Value: revenue 1-5", "价值：增收 1-5"),
    "cost": ("Value: cost saved 1-5", "价值：降本 1-5"),
    "experience": ("Value: experience 1-5", "价值：体验 1-5"),
    "technology": ("Difficulty: technology 1-5", "难度：技术 1-5"),
    "integration": ("Difficulty: integration 1-5", "难度：集成 1-5"),
    "change": ("Difficulty: change 1-5", "难度：变革 1-5"),
    "regulation": ("Difficulty: regulation 1-5", "难度：监管 1-5"),
    "data_quality": ("Data quality 1-5", "数据质量 1-5"),
}
_BY_HEAD = {head.casefold(): name for name, heads in HEADS.items() for head in (name, *heads)}
_LOOKED = 10
"""Rows among which the row of heads must be."""
_TOLD = 20
_LARGEST = 100_000_000
"""Bytes of the workbook's parts, unpacked."""


class Problem(NamedTuple):
    """What is wrong in a row, and in which column where one is to blame."""

    row: int
    column: str
    said: str


def template(landscape: Landscape, language: str) -> bytes:
    """The landscape as a workbook, heads in this language (en or zh); an empty one is the bare template."""
    from openpyxl import Workbook  # heavy, and only these workbooks need it
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    if sheet is None:
        raise PlanError("the workbook has no sheet")
    sheet.title = "Landscape" if language == "en" else "流程架构"
    side = 0 if language == "en" else 1
    sheet.append([heads[side] for heads in HEADS.values()])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="F3EAD6")
    for number, width in enumerate(_widths(side), 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for node in landscape.nodes:
        known = node.model_dump()
        sheet.append([known[name] if known[name] != "" else None for name in HEADS])
        for cell in sheet[sheet.max_row]:
            if cell.data_type == "f":  # a text that begins with = is a text, no formula
                cell.data_type = "s"
    sheet.freeze_panes = "A2"
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def read(data: bytes, source: str) -> Landscape:
    """Read the template back; heads in either language, in any order, unknown ones are left out.

    Raises:
        PlanError: it is no workbook or has no such heads, or rows do not fit: all of them are named.
    """
    rows = _rows(data, source)
    at, names = _heads(rows, source)
    nodes, problems = [], []
    for number, row in enumerate(rows[at + 1 :], at + 2):
        given = {
            name: row[place]
            for place, name in names.items()
            if place < len(row) and row[place] not in (None, "")
        }
        if not given:
            continue
        try:
            nodes.append(Node.model_validate({name: _plain(name, value) for name, value in given.items()}))
        except ValidationError as error:
            first = error.errors()[0]
            column = HEADS[str(first["loc"][0])][0] if first["loc"] else ""
            problems.append(Problem(number, column, str(first["msg"]).removeprefix("Value error, ")))
    if problems:
        told = "; ".join(_told(one) for one in problems[:_TOLD])
        more = f"; and {len(problems) - _TOLD} more" if len(problems) > _TOLD else ""
        raise PlanError(f"{told}{more}", where=source, mend="Correct these rows; nothing was taken in.")
    if not nodes:
        raise PlanError("there is no row below the heads", where=source)
    return Landscape(nodes=tuple(nodes))


def _unpacked(data: bytes) -> int:
    """Bytes of its parts, as the file itself says."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return sum(one.file_size for one in packed.infolist())


def _rows(data: bytes, source: str) -> list[tuple[Any, ...]]:
    from openpyxl import load_workbook  # heavy, and only these workbooks need it

    try:
        large = _unpacked(data) > _LARGEST
        book = None if large else load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        rows = [] if book is None else book.worksheets[0].iter_rows(max_row=MOST + _LOOKED, values_only=True)
        found = [tuple(row) for row in rows]
    except Exception as error:  # openpyxl raises what zip, XML and its own code raise
        raise PlanError(
            "it cannot be read as an Excel workbook", where=source, mend="Save it as .xlsx."
        ) from error
    if large:
        raise PlanError(f"unpacked it has more than {_LARGEST // 1_000_000} MB", where=source)
    return found


def _heads(rows: list[tuple[Any, ...]], source: str) -> tuple[int, dict[int, str]]:
    for at, row in enumerate(rows[:_LOOKED]):
        names = {
            place: _BY_HEAD[str(cell).strip().casefold()]
            for place, cell in enumerate(row)
            if cell is not None and str(cell).strip().casefold() in _BY_HEAD
        }
        if {"action", "pain", "l1", "l3"} & set(names.values()):
            return at, names
    raise PlanError(
        "none of the first rows holds the heads of the template",
        where=source,
        mend="Fill in the template: mainspring plan template FILE.xlsx.",
    )


def _plain(name: str, value: Any) -> Any:
    """A cell as a row takes it: a whole number may come as 3.0, a text as a number."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    annotation = Node.model_fields[name].annotation
    return str(value) if annotation is str else value


def _told(one: Problem) -> str:
    return f"row {one.row}{f', {one.column}' if one.column else ''}: {one.said}"


def _widths(side: int) -> list[int]:
    least, most = 12, 30
    return [max(least, min(most, len(heads[side]) + 2)) for heads in HEADS.values()]
