"""Order lines from tables: which column is what is told by its heading, or by what stands in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mainspring.agents.skills import specification
from mainspring.agents.skills.extract import asked, numerals, quantities
from mainspring.agents.skills.extract.understanding import Evidence, Line
from mainspring.agents.skills.extract.units import normalise
from mainspring.base.bilingual import both
from mainspring.knowledge.documents import Block

_HEADINGS: tuple[tuple[str, str], ...] = (
    (
        "position",
        (
            r"^(?:pos(?:ition)?s?\.?|#|no\.?|nr\.?|ln|s/?n\.?|s\.? ?no\.?|line|item ?(?:no\.?|#)?|"
            r"序号?|编号|行号|项次|项目|group|groep|gruppe)$"
        ),
    ),
    (
        "quantity",
        (
            r"\b(?:qty|quantity|quantities|need|menge|anzahl|qnty|order qty|aantal|cantidad|qté|"
            r"quantité)\b|"
            r"数\s*量|订购量|需求量|采购量|订货量|用量|件数"
        ),
    ),
    ("total", r"^(?:total|sum|summe|gesamt|合计|总计|总数)$"),
    ("price", r"price|preis|target|cost|\beur\b|usd|单价|价格|金额|总价|目标价|amount|total|sum"),
    ("unit", r"^(?:unit|units|um|uom|u/m|me|einheit|单位|计量单位|单\s*位)\b"),
    (
        "code",
        (
            r"\bcode|sku|art(?:icle|\.|ikel)?[\s-]*(?:no|nr|num)|part[\s-]*(?:no|num|#)|p/?n\b|"
            r"item\s*(?:no|number|code|id)|"
            r"\bref\b|material\s*(?:no|number)|^mat\.|drawing|stock no|编码|料号|货号|物料号|图号|"
            r"产品编号|商品编号"
        ),
    ),
    ("spec", r"spec|size|dimension|grade|finish|colou?r|norm|规格|型号|尺寸|材质|颜色|参数|abmessung|größe"),
    ("date", r"date|deliver|when|termin|交期|日期|交货|到货"),
    ("remark", r"remark|note|comment|bemerkung|备注|说明|附注|用途|brand|品牌|图片"),
    (
        "text",
        r"desc|product|article|goods|^text$|bezeichnung|what|品名|名称|产品|商品|货物|货品|描述|omschrijving",
    ),
    ("perhaps text", r"\bitem|\bparts?\b|material|\bname\b|artikel|物料"),
)
_COMPILED = tuple((role, re.compile(pattern, re.IGNORECASE)) for role, pattern in _HEADINGS)
_TOTAL = re.compile(
    r"^\s*(?:(?:grand |sub-?)?total|sum|summe|gesamt|合计|总计|小计|共计)\b|^(?:合计|总计|小计|共计)",
    re.IGNORECASE,
)
_NUMBER = re.compile(rf"^\s*((?:{numerals.FIGURES})\s*[k万千]?)\s*$")
_PLACE = re.compile(
    r"\s*(?:交货|送货|收货|到货)(?:地点|地址)?\s*[:：].*$|\s*(?:deliver|ship)y?\s?to\s*:.*$", re.IGNORECASE
)
_MANY_WORDS = 12


@dataclass(frozen=True, slots=True)
class Columns:
    """The role of each column ("text", "quantity", "unit", "code", "spec", "price"), and where rows begin."""

    roles: tuple[str, ...]
    first: int
    quantity_unit: str | None = None
    kinds: tuple[str, ...] = ()
    """For a cross table, what each quantity column is about ("single wall", "double wall")."""

    def of(self, role: str) -> tuple[int, ...]:
        """The columns with a role."""
        return tuple(index for index, said in enumerate(self.roles) if said == role)


def lines(block: Block) -> list[Line]:
    """The order lines of a table; none when it does not look like an order table."""
    columns = _columns(block.rows)
    if columns is None:
        return []
    found: list[Line] = []
    above = ""
    for number in range(columns.first, len(block.rows)):
        row = block.rows[number]
        if _is_no_line(row):
            continue
        name = " ".join(dict.fromkeys(row[at] for at in columns.of("text") if row[at]))
        found += _lines(block, number, columns, name or above)
        above = name or above
    return found


def _is_no_line(row: tuple[str, ...]) -> bool:
    """An empty row, a total, a heading again, a remark over the whole width, an address."""
    said = [cell for cell in row if cell]
    across = len(said) > 1 and len(set(said)) == 1
    return (
        not said
        or across
        or any(_TOTAL.match(cell) for cell in said)
        or _roles(row) is not None
        or asked.is_no_position(said[0])
    )


def _columns(rows: Sequence[tuple[str, ...]]) -> Columns | None:
    for index, row in enumerate(rows[:12]):
        roles = _roles(row)
        if roles is None:
            continue
        unit = next((_unit_in(row[at]) for at, role in enumerate(roles) if role == "quantity"), None)
        below = rows[index + 1] if index + 1 < len(rows) else ()
        several = [at for at, role in enumerate(roles) if role == "quantity"]
        if len(several) > 1 and below and all(below[at] and not _NUMBER.match(below[at]) for at in several):
            return Columns(roles, index + 2, unit, below)
        return Columns(roles, index + 1, unit)
    return _columns_from_content(rows)


def _unit_in(heading: str) -> str | None:
    inside = re.search(r"[(（/]\s*([^)）]+?)\s*[)）]?$", heading)
    return normalise(inside[1]) if inside else None


def _roles(row: tuple[str, ...]) -> tuple[str, ...] | None:
    """The roles when the row is a heading: a product and a quantity are named, no cell is a number."""
    if sum(1 for cell in row if cell) < 2 or any(_NUMBER.match(cell) for cell in row):  # noqa: PLR2004 - product and quantity
        return None
    roles = [_role(cell) for cell in row]
    named = set(roles)
    if "text" in named:
        roles = ["code" if role == "perhaps text" else role for role in roles]
    else:
        first = next((role for role in ("perhaps text", "spec", "code", "position") if role in named), "")
        at = roles.index(first) if first else 0
        roles[at] = "text" if first else roles[at]
        roles = ["code" if role == "perhaps text" else role for role in roles]
    if roles.count("quantity") > 1 and "total" in roles:  # parts of the year and their total
        roles = ["" if role == "quantity" else role for role in roles]
    if "quantity" not in roles and "total" in roles:
        roles[roles.index("total")] = "quantity"
    if not {"text", "code"} & set(roles) or not {"quantity", "unit"} & set(roles):
        return None
    return tuple(roles)


def _role(cell: str) -> str:
    heading = " ".join(cell.split())
    if not heading or len(heading.split()) > _MANY_WORDS or quantities.find(heading):
        return ""
    return next((role for role, pattern in _COMPILED if pattern.search(heading)), "")


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
        elif not roles[at] and at < best:
            roles[at] = "spec"
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


def _lines(block: Block, number: int, columns: Columns, name: str) -> Iterator[Line]:
    """The line of a row; several for a cross table."""
    row = block.rows[number]
    for at in columns.of("quantity") or (None,):
        extra = [row[column] for column in columns.of("spec") if row[column] and row[column] not in name]
        if columns.kinds and at is not None:
            extra.append(columns.kinds[at])
        wording = _PLACE.sub("", " ".join((name, *extra))).strip()
        line = _line(block, number, columns, wording, at)
        if line is not None:
            yield line
        if not columns.kinds:
            return


def _line(block: Block, number: int, columns: Columns, wording: str, at: int | None) -> Line | None:
    row = block.rows[number]
    code = next((row[column] for column in columns.of("code") if row[column]), None)
    quantity, unit, confidence = _amount(row, columns, at)
    wording = wording or code or ""
    inside = [item for item in quantities.find(wording) if item.form == "count"]
    if quantity is None and len(inside) == 1:
        quantity, unit, confidence = inside[0].value, inside[0].unit, 0.7
    if not wording or (quantity is None and not (code or specification.parse(wording))):
        return None
    if wording.isdigit() and not code:
        return None
    price = next(
        (numerals.value(match[1]) for p in columns.of("price") if (match := _NUMBER.match(row[p]))), None
    )
    place = block.place_of(number, (columns.of("text") or columns.of("code"))[0])
    evidence = _evidence(block, number, columns, wording)
    unit = unit or ("pcs" if quantity is not None else None)  # a number without a unit counts pieces
    return Line(
        wording, quantity, unit, code, specification.parse(wording), place, confidence, evidence, price
    )


def _amount(
    row: tuple[str, ...], columns: Columns, at: int | None
) -> tuple[Decimal | None, str | None, float]:
    if at is None or not row[at]:
        return None, None, 0.4
    quantity, unit = _quantity(row[at])
    written = next((normalise(row[other]) for other in columns.of("unit") if row[other]), None)
    if quantity is None:
        return None, unit or written, 0.3
    return quantity, unit or written or columns.quantity_unit, 0.95


_COLUMNS = {
    "product": both("product column", "商品列"),
    "quantity": both("quantity column", "数量列"),
    "unit": both("unit column", "单位列"),
    "code": both("code column", "编码列"),
}


def _evidence(block: Block, number: int, columns: Columns, wording: str) -> tuple[Evidence, ...]:
    found = [
        Evidence(
            wording,
            block.place_of(number, (columns.of("text") or columns.of("code"))[0]),
            _COLUMNS["product"],
        )
    ]
    found += [
        Evidence(block.rows[number][at], block.place_of(number, at), _COLUMNS[role])
        for role in ("quantity", "unit", "code")
        for at in columns.of(role)
        if block.rows[number][at]
    ]
    return tuple(found)
