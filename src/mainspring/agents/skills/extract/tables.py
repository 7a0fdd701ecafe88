"""Order lines from tables: which column is what is told by its heading, or by what stands in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from mainspring.agents.skills import specification
from mainspring.agents.skills.extract import numerals, quantities
from mainspring.agents.skills.extract.understanding import Evidence, Line
from mainspring.agents.skills.extract.units import normalise
from mainspring.knowledge.documents import Block

_HEADINGS: tuple[tuple[str, str], ...] = (
    (
        "position",
        (
            r"^(?:pos(?:ition)?\.?|#|no\.?|nr\.?|s/?n\.?|s\.? ?no\.?|line|item ?(?:no\.?|#)?|序号|"
            r"编号|行号|项次|项目)$"
        ),
    ),
    (
        "quantity",
        (
            r"\b(?:qty|quantity|quantities|menge|anzahl|qnty|amount needed|pcs|order qty|"
            r"required)\b|数量|订购量|需求量|采购量|订货量|数\s*量"
        ),
    ),
    ("price", r"price|preis|target|cost|\beur\b|usd|单价|价格|金额|总价|目标价|amount|total|sum"),
    ("unit", r"^(?:unit|units|uom|u/m|me|einheit|单位|计量单位)\b"),
    (
        "code",
        (
            r"code|sku|art(?:icle|\.|ikel)?[\s-]*(?:no|nr|num)?|part[\s-]*(?:no|num|#)|p/?n\b|"
            r"item\s*(?:no|number|code|id)|ref|material\s*(?:no|number)|drawing|编码|料号|货号|"
            r"型号|物料号|图号|产品编号|商品编号"
        ),
    ),
    ("spec", r"spec|size|dimension|grade|material|finish|colou?r|规格|尺寸|材质|颜色|参数|abmessung|größe"),
    ("date", r"date|deliver|when|termin|交期|日期|交货|到货"),
    ("remark", r"remark|note|comment|bemerkung|备注|说明|附注|用途|brand|品牌|图片"),
    (
        "text",
        (
            r"desc|product|item|article|goods|material|name|bezeichnung|artikel|what|position|"
            r"品名|名称|产品|商品|货物|物料|货品|描述|material"
        ),
    ),
)
_COMPILED = tuple((role, re.compile(pattern, re.IGNORECASE)) for role, pattern in _HEADINGS)
_TOTAL = re.compile(
    r"^\s*(?:(?:grand |sub-?)?total|sum|summe|gesamt|合计|总计|小计|共计)\b|^(?:合计|总计|小计|共计)",
    re.IGNORECASE,
)
_NUMBER = re.compile(rf"^\s*({numerals.FIGURES})\s*$")
_MANY_WORDS = 12


@dataclass(frozen=True, slots=True)
class Columns:
    """The role of each column ("text", "quantity", "unit", "code", "spec", "price"), and where rows begin."""

    roles: tuple[str, ...]
    first: int
    quantity_unit: str | None = None

    def of(self, role: str) -> tuple[int, ...]:
        """The columns with a role."""
        return tuple(index for index, said in enumerate(self.roles) if said == role)


def lines(block: Block) -> list[Line]:
    """The order lines of a table; none when it does not look like an order table."""
    columns = _columns(block.rows)
    if columns is None:
        return []
    found: list[Line] = []
    for number in range(columns.first, len(block.rows)):
        row = block.rows[number]
        if not any(row) or any(_TOTAL.match(cell) for cell in row):
            continue
        if _columns_from_heading(row) is not None:
            continue
        line = _line(block, number, columns)
        if line is not None:
            found.append(line)
    return found


def _columns(rows: Sequence[tuple[str, ...]]) -> Columns | None:
    for index, row in enumerate(rows[:12]):
        roles = _columns_from_heading(row)
        if roles is not None:
            unit = next((_unit_in(row[at]) for at, role in enumerate(roles) if role == "quantity"), None)
            return Columns(roles, index + 1, unit)
    return _columns_from_content(rows)


def _unit_in(heading: str) -> str | None:
    inside = re.search(r"[(（/]\s*([^)）]+?)\s*[)）]?$", heading)
    return normalise(inside[1]) if inside else None


def _columns_from_heading(row: tuple[str, ...]) -> tuple[str, ...] | None:
    """The roles when the row is a heading: a product and one more column are named, no cell is a number."""
    if sum(1 for cell in row if cell) < 2 or any(_NUMBER.match(cell) for cell in row):  # noqa: PLR2004 - product and quantity
        return None
    roles = [_role(cell) for cell in row]
    named = {role for role in roles if role}
    if "text" not in named:
        roles = _promote(roles, named)
        named = {role for role in roles if role}
    if not named & {"text", "code"} or not named & {"quantity", "unit"}:
        return None
    return tuple(roles)


def _role(cell: str) -> str:
    heading = " ".join(cell.split())
    if not heading or len(heading.split()) > _MANY_WORDS or quantities.find(heading):
        return ""
    return next((role for role, pattern in _COMPILED if pattern.search(heading)), "")


def _promote(roles: list[str], named: set[str]) -> list[str]:
    """Without a column for the product, the specification, then the code, then "item" is it."""
    for role in ("spec", "code", "position", "remark"):
        if role in named:
            at = roles.index(role)
            return [*roles[:at], "text", *roles[at + 1 :]]
    return roles


def _columns_from_content(rows: Sequence[tuple[str, ...]]) -> Columns | None:
    """Without headings: the longest texts are the products, a column of numbers the quantities."""
    width = len(rows[0]) if rows else 0
    if width < 2:  # noqa: PLR2004 - product and quantity
        return None
    filled = [[row[at] for row in rows if row[at]] for at in range(width)]
    text = max(range(width), key=lambda at: sum(len(cell) for cell in filled[at] if not _NUMBER.match(cell)))
    roles = [""] * width
    roles[text] = "text"
    best, share = -1, 0.6
    for at in range(width - 1, -1, -1):
        if at == text or not filled[at]:
            continue
        good = sum(1 for cell in filled[at] if _quantity(cell)[0] is not None) / len(rows)
        counted = list(filled[at]) == [str(number) for number in range(1, len(filled[at]) + 1)]
        money = any("." in cell or "," in cell for cell in filled[at]) and all(
            _NUMBER.match(cell) for cell in filled[at]
        )
        if good > share and not (counted and len(rows) > 1) and not money:
            best, share = at, good
    if best < 0:
        return None
    roles[best] = "quantity"
    if (
        best + 1 < width
        and best + 1 != text
        and all(normalise(cell) for cell in filled[best + 1])
        and filled[best + 1]
    ):
        roles[best + 1] = "unit"
    for at in range(width):
        if not roles[at] and filled[at] and all(_is_code(cell) for cell in filled[at]):
            roles[at] = "code"
    return Columns(tuple(roles), 0)


def _is_code(cell: str) -> bool:
    return bool(re.fullmatch(r"(?=.*\d)[A-Z0-9][A-Z0-9./_-]{2,20}", cell))


def _quantity(cell: str) -> tuple[Decimal | None, str | None]:
    """The quantity and unit of a cell that holds nothing else."""
    if match := _NUMBER.match(cell):
        return numerals.value(match[1]), None
    found = quantities.find(cell)
    if len(found) == 1 and len(cell.strip()) - (found[0].end - found[0].start) <= 3:  # noqa: PLR2004 - a sign or two beside it
        return found[0].value, found[0].unit
    return None, None


def _line(block: Block, number: int, columns: Columns) -> Line | None:
    row = block.rows[number]
    parts = [row[at] for at in columns.of("text") if row[at]]
    text = " ".join(dict.fromkeys(parts))
    extra = " ".join(row[at] for at in columns.of("spec") if row[at] and row[at] not in text)
    wording = f"{text} {extra}".strip()
    code = next((row[at] for at in columns.of("code") if row[at]), None)
    quantity, unit, confidence = _amount(row, columns)
    if not wording:
        wording = code or ""
    if (
        not wording
        or (quantity is None and not _product_like(wording, code))
        or wording.isdigit()
        and not code
    ):
        return None
    if quantity is None and text and (inside := quantities.find(text)):
        counts = [item for item in inside if item.form == "count"]
        if len(counts) == 1:
            quantity, unit, confidence = counts[0].value, counts[0].unit, 0.7
    price = next(
        (numerals.value(match[1]) for at in columns.of("price") if (match := _NUMBER.match(row[at]))), None
    )
    place = block.place_of(number, (columns.of("text") or columns.of("code"))[0])
    evidence = _evidence(block, number, columns, wording)
    return Line(
        wording, quantity, unit, code, specification.parse(wording), place, confidence, evidence, price
    )


def _amount(row: tuple[str, ...], columns: Columns) -> tuple[Decimal | None, str | None, float]:
    for at in columns.of("quantity"):
        if not row[at]:
            continue
        quantity, unit = _quantity(row[at])
        written = next((normalise(row[other]) for other in columns.of("unit") if row[other]), None)
        if quantity is not None:
            return quantity, unit or written or columns.quantity_unit, 0.95
        return None, unit or written, 0.3
    return None, None, 0.4


def _product_like(wording: str, code: str | None) -> bool:
    return bool(code) or bool(specification.parse(wording))


def _evidence(block: Block, number: int, columns: Columns, wording: str) -> tuple[Evidence, ...]:
    found = [
        Evidence(
            wording, block.place_of(number, (columns.of("text") or columns.of("code"))[0]), "product column"
        )
    ]
    found += [
        Evidence(block.rows[number][at], block.place_of(number, at), f"{role} column")
        for role in ("quantity", "unit", "code")
        for at in columns.of(role)
        if block.rows[number][at]
    ]
    return tuple(found)
