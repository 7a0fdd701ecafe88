"""Made-up values for the columns of the layouts: row number in, cell out. Nobody in them exists."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

START = date(2025, 9, 1)
_RARE = 9  # of a dozen or so rows, the one that differs
_CITIES = ("义乌", "宁波", "杭州", "温州", "苏州", "广州")
_TOWNS = ("Hamburg", "Porto", "Leeds", "Gdansk", "Lyon", "Bari")
_NATIONS = ("DE", "PT", "GB", "PL", "FR", "IT")
_MONEY = ("EUR", "EUR", "GBP", "EUR", "USD", "EUR")
_GOODS = (
    ("保温杯", "Vacuum flask"),
    ("雨伞", "Umbrella"),
    ("收纳盒", "Storage box"),
    ("圆珠笔", "Ball pen"),
    ("LED台灯", "LED desk lamp"),
    ("毛绒玩具", "Plush toy"),
)
_KINDS = (
    ("日用百货", "Household"),
    ("文具", "Stationery"),
    ("灯具", "Lighting"),
    ("玩具", "Toys"),
)


def day(row: int, later: int = 0) -> date:
    """The day of a row's document."""
    return START + timedelta(days=(row * 7) % 110 + later)


def _money(row: int, of: str) -> Decimal:
    return Decimal(Random(f"{of} {row}").randrange(1_000, 900_000)) / 100  # noqa: S311 - made-up figures


def _count(row: int, of: str, most: int = 900) -> int:
    return Random(f"{of} {row}").randrange(1, most)  # noqa: S311 - made-up figures


def _size(row: int) -> str:
    return f"{(row % 5 + 1) * 100}ml/{('红', '蓝', '白')[row % 3]}"


def _comma(value: Decimal) -> str:
    return f"{value:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")


def _paid(row: int) -> Decimal:
    return (_money(row, "total") / (row % 4 + 2)).quantize(Decimal("0.01")) if row % 3 == 0 else Decimal(0)


def _ordered(row: int) -> int:
    return _count(row, "ordered", 500) + 20


def _delivered(row: int) -> int:
    return _ordered(row) // 2 if row % 4 == 1 else 0


def _company_zh(row: int) -> str:
    return f"{_CITIES[row % 6]}示例{('贸易', '进出口', '百货')[row % 3]}有限公司{row + 1:02d}"


def _company_en(row: int) -> str:
    return f"Demo {('Import', 'Retail', 'Trading')[row % 3]} {row + 1:02d} Ltd"


VALUES: dict[str, Callable[[int], Any]] = {
    "customer": lambda n: f"KH{n // 2 + 1:04d}",
    "customer_own": lambda n: f"KH{n + 1:04d}",
    "account": lambda n: f"DEMO{n // 2 + 1:03d}",
    "account_own": lambda n: f"DEMO{n + 1:03d}",
    "vendor": lambda n: f"V{n + 101}",
    "company_zh": lambda n: _company_zh(n // 2),
    "company_zh_own": _company_zh,
    "company_en": lambda n: _company_en(n // 2),
    "company_en_own": _company_en,
    "supplier_en": lambda n: f"Sample {('Plastics', 'Metalware', 'Textile')[n % 3]} Factory {n + 1:02d}",
    "letters": lambda n: ("slmy", "sljck", "slbh")[n % 3],
    "grade_zh": lambda n: ("A类", "B类", "C类")[n % 3],
    "grade_en": lambda n: ("Gold", "Silver", "Standard")[n % 3],
    "level": lambda n: "ABC"[n % 3],
    "person_zh": lambda n: ("张示例", "李样本", "王演示", "赵模拟")[n % 4],
    "person_en": lambda n: ("A. Sample", "B. Example", "C. Demo", "D. Specimen")[n % 4],
    "clerk_zh": lambda n: ("业务一", "业务二")[n % 2],
    "clerk_en": lambda n: ("Buyer 1", "Buyer 2")[n % 2],
    "mobile_cn": lambda n: f"1380000{n:04d}",
    "phone_intl": lambda n: f"+{(49, 351, 44, 48, 33, 39)[n % 6]} 555 010{n:02d}",
    "mail": lambda n: f"buyer{n + 1}@demo{n + 1}.example",
    "city_zh": lambda n: f"{_CITIES[n % 6]}市",
    "city_en": lambda n: _TOWNS[n % 6],
    "country": lambda n: _NATIONS[n % 6],
    "street_zh": lambda n: f"示范路{n + 1}号{n % 9 + 1}栋{n % 30 + 101}室",
    "street_en": lambda n: f"{n + 1} Sample Street",
    "tax_cn": lambda n: f"91330782DEMO{n:06d}",
    "vat": lambda n: f"{_NATIONS[n % 6]}00000{n:04d}",
    "iban": lambda n: f"DE00 0000 0000 0000 00{n:02d} 00",
    "days": lambda n: (30, 60, 0, 45, 90)[n % 5],
    "lead": lambda n: (7, 14, 21, 35)[n % 4],
    "net_terms": lambda n: ("Net 30", "Net 60", "Net 14", "Due on receipt")[n % 4],
    "limit": lambda n: (50000, 100000, 20000, 0)[n % 4],
    "limit_en": lambda n: f"{(50000, 100000, 20000, 5000)[n % 4]:,}.00",
    "no_zh": lambda n: "是" if n % 11 == _RARE else "否",
    "no_en": lambda n: "Y" if n % 13 == _RARE else "N",
    "remark_zh": lambda n: ("", "", "老客户", "需开专票")[n % 4],
    "currency": lambda n: _MONEY[n % 6],
    "usd": lambda _: "USD",
    "rmb": lambda _: "人民币",
    "sku": lambda n: f"YW-{n % 25 + 1001}",
    "product_zh": lambda n: f"{_GOODS[n % 25 % 6][0]} {n % 25 + 1}号",
    "product_en": lambda n: f"{_GOODS[n % 25 % 6][1]} no. {n % 25 + 1}",
    "spec": _size,
    "unit_zh": lambda n: ("个", "件", "盒", "套")[n % 4],
    "unit_en": lambda n: ("pcs", "set", "box", "doz")[n % 4],
    "barcode": lambda n: f"200000{n:06d}{n % 10}",
    "hs": lambda n: f"96170{n % 10}00{n % 90 + 10}",
    "category_zh": lambda n: _KINDS[n % 4][0],
    "category_en": lambda n: _KINDS[n % 4][1],
    "carton": lambda n: (12, 24, 48, 60, 100)[n % 5],
    "volume": lambda n: Decimal(_count(n, "volume", 80) + 20) / 1000,
    "brand": lambda n: ("示例牌", "样品", "")[n % 3],
    "cost": lambda n: Decimal(_count(n, "cost", 3000) + 50) / 100,
    "price": lambda n: Decimal(_count(n, "cost", 3000) * 14 // 10 + 100) / 100,
    "percent": lambda n: (13, 13, 9)[n % 3],
    "percent_sign": lambda n: ("13%", "13%", "9%")[n % 3],
    "share": lambda n: (Decimal("0.13"), Decimal("0.13"), Decimal("0.09"))[n % 3],
    "state_zh": lambda n: "停用" if n % 12 == _RARE else "启用",
    "step": lambda n: (1, 100, 500)[n // 10 % 3],
    "empty": lambda _: "",
    "warehouse_zh": lambda n: "主仓库" if n < 15 else "二号仓",  # noqa: PLR2004 - half of the rows
    "bin": lambda n: f"{'ABC'[n % 3]}-{n % 9 + 1:02d}",
    "count": lambda n: _count(n, "count"),
    "stock": lambda n: _count(n, "stock", 5000),
    "stock_comma": lambda n: _comma(Decimal(_count(n, "stock", 5000))),
    "money": lambda n: _money(n, "money"),
    "money_en": lambda n: f"{_money(n, 'money'):,.2f}",
    "money_comma": lambda n: _comma(_money(n, "money")),
    "order": lambda n: f"SO2025{n // 2 + 1:05d}",
    "line": lambda n: n % 2 + 1,
    "ordered": _ordered,
    "delivered": _delivered,
    "rest": lambda n: _ordered(n) - _delivered(n),
    "invoice": lambda n: f"{25000001 + n}",
    "total": lambda n: _money(n, "total"),
    "paid": _paid,
    "open": lambda n: _money(n, "total") - _paid(n),
    "day_iso": lambda n: day(n).isoformat(),
    "later_iso": lambda n: day(n, 365).isoformat(),
    "day_slash": lambda n: f"{day(n // 2):%Y/%m/%d}",
    "later_slash": lambda n: f"{day(n // 2, 20):%Y/%m/%d}",
    "day_dmy": lambda n: f"{day(n):%d/%m/%Y}",
    "day_mdy": lambda n: f"{day(n // 2):%m/%d/%Y}",
    "later_mdy": lambda n: f"{day(n // 2, 20):%m/%d/%Y}",
    "day_dot": lambda n: f"{day(n):%d.%m.%Y}",
    "day_han": lambda n: f"{day(n):%Y年%m月%d日}",
    "later_han": lambda n: f"{day(n, 30):%Y年%m月%d日}",
    "day_date": day,
    "later_date": lambda n: day(n, 30),
}
