"""The fasteners of the demo catalogue: families of near-duplicates, from a table of sizes."""

from decimal import Decimal
from typing import NamedTuple


class Product(NamedTuple):
    """One row of products.csv; prices in EUR, weight in kilograms of one sales unit."""

    sku: str
    name_en: str
    name_zh: str
    unit: str
    pack_size: int
    list_price: Decimal
    cost: Decimal
    tax_rate: str
    weight_kg: Decimal
    category: str
    barcode_or_drawing: str
    aliases: str


class Family(NamedTuple):
    """Fasteners that share everything but the size; `names` and `aliases` take {size}, {code}."""

    code: str
    finish: str
    en: str
    zh: str
    aliases: str
    sizes: str
    price: str


FAMILIES = (
    Family(
        "HB",
        "ZN",
        "Hex bolt {size} DIN 933 8.8 zinc plated",
        "外六角螺栓 {size} DIN933 8.8级 镀锌",
        "10-{code}|hexagon head screw {size} ISO 4017 galvanised|六角头螺丝 {size} 白锌|"
        "Sechskantschraube {size} verzinkt",
        "M6x20 M6x30 M8x20 M8x25 M8x30 M8x35 M8x40 M8x50 M8x60 M10x30 M10x40 M10x50 M10x60 "
        "M12x40 M12x50 M12x60 M12x80 M16x60",
        "0.020",
    ),
    Family(
        "HB",
        "PL",
        "Hex bolt {size} DIN 933 8.8 plain",
        "外六角螺栓 {size} DIN933 8.8级 本色",
        "11-{code}|hex head screw {size} black uncoated|六角头螺丝 {size} 发黑",
        "M8x30 M8x40 M10x40 M10x50 M12x50",
        "0.017",
    ),
    Family(
        "HB",
        "A2",
        "Hex bolt {size} DIN 933 stainless A2",
        "外六角螺栓 {size} DIN933 不锈钢304",
        "12-{code}|hex head screw {size} A2-70|304不锈钢六角螺丝 {size}|Sechskantschraube {size} A2",
        "M6x20 M6x30 M8x30 M8x35 M8x40 M10x30 M10x40 M10x50 M12x50",
        "0.046",
    ),
    Family(
        "HB",
        "A4",
        "Hex bolt {size} DIN 933 stainless A4",
        "外六角螺栓 {size} DIN933 不锈钢316",
        "14-{code}|hex head screw {size} A4-80|316不锈钢六角螺丝 {size}|Sechskantschraube {size} A4",
        "M8x30 M8x40 M10x40 M10x50 M12x50",
        "0.079",
    ),
    Family(
        "HB",
        "109",
        "Hex bolt {size} DIN 933 10.9 zinc flake",
        "高强度外六角螺栓 {size} 10.9级 达克罗",
        "high tensile bolt {size} 10.9|10.9级高强螺栓 {size}",
        "M10x50 M12x60",
        "0.036",
    ),
    Family(
        "HS",
        "BK",
        "Hex socket head cap screw {size} DIN 912 12.9 black",
        "内六角圆柱头螺钉 {size} DIN912 12.9级 发黑",
        "20-{code}|allen screw {size} 12.9|SHCS {size} black|杯头内六角 {size} 黑色|"
        "Zylinderschraube {size} Innensechskant",
        "M4x16 M5x16 M5x20 M6x20 M6x25 M6x30 M8x20 M8x25 M8x30 M8x40 M10x30 M10x40",
        "0.031",
    ),
    Family(
        "HS",
        "A2",
        "Hex socket head cap screw {size} DIN 912 stainless A2",
        "内六角圆柱头螺钉 {size} DIN912 不锈钢304",
        "22-{code}|allen screw {size} A2|304内六角螺丝 {size}",
        "M4x16 M5x20 M6x20 M6x30 M8x30 M8x40",
        "0.058",
    ),
    Family(
        "CS",
        "BK",
        "Countersunk socket screw {size} DIN 7991 10.9 black",
        "沉头内六角螺钉 {size} DIN7991 10.9级 发黑",
        "flat head allen screw {size} black|平头内六角 {size}",
        "M5x16 M6x20 M8x25",
        "0.034",
    ),
    Family(
        "CS",
        "A2",
        "Countersunk socket screw {size} DIN 7991 stainless A2",
        "沉头内六角螺钉 {size} DIN7991 不锈钢304",
        "flat head allen screw {size} A2|304平头内六角 {size}",
        "M5x16 M6x20",
        "0.062",
    ),
    Family(
        "CB",
        "ZN",
        "Carriage bolt {size} DIN 603 zinc plated",
        "马车螺栓 {size} DIN603 镀锌",
        "coach bolt {size}|cup square bolt {size}|方颈螺栓 {size}|Schlossschraube {size}",
        "M8x50 M8x60 M8x80 M10x100",
        "0.026",
    ),
    Family(
        "NU",
        "ZN",
        "Hex nut {size} DIN 934 zinc plated",
        "六角螺母 {size} DIN934 镀锌",
        "30-{code}|full nut {size} galvanised|六角螺帽 {size}|Sechskantmutter {size}",
        "M4 M5 M6 M8 M10 M12 M16",
        "0.012",
    ),
    Family(
        "NU",
        "A2",
        "Hex nut {size} DIN 934 stainless A2",
        "六角螺母 {size} DIN934 不锈钢304",
        "32-{code}|full nut {size} A2|304螺帽 {size}",
        "M5 M6 M8 M10 M12",
        "0.026",
    ),
    Family(
        "NU",
        "A4",
        "Hex nut {size} DIN 934 stainless A4",
        "六角螺母 {size} DIN934 不锈钢316",
        "34-{code}|full nut {size} A4|316螺帽 {size}",
        "M8 M10",
        "0.044",
    ),
    Family(
        "NU",
        "LH",
        "Hex nut {size} left-hand thread zinc plated",
        "六角螺母 {size} 左旋 镀锌",
        "LH nut {size}|反牙螺母 {size}|反丝螺帽 {size}",
        "M10 M12",
        "0.048",
    ),
    Family(
        "LN",
        "ZN",
        "Lock nut {size} DIN 985 nylon insert zinc plated",
        "尼龙锁紧螺母 {size} DIN985 镀锌",
        "nyloc nut {size}|防松螺母 {size}|Stoppmutter {size}",
        "M5 M6 M8 M10 M12",
        "0.019",
    ),
    Family(
        "LN",
        "A2",
        "Lock nut {size} DIN 985 nylon insert stainless A2",
        "尼龙锁紧螺母 {size} DIN985 不锈钢304",
        "nyloc nut {size} A2|304防松螺母 {size}",
        "M6 M8 M10",
        "0.038",
    ),
    Family(
        "WA",
        "ZN",
        "Flat washer {size} DIN 125 zinc plated",
        "平垫圈 {size} DIN125 镀锌",
        "40-{code}|plain washer {size} form A|平垫 {size}|Unterlegscheibe {size} DIN 125",
        "M5 M6 M8 M10 M12",
        "0.006",
    ),
    Family(
        "WA",
        "A2",
        "Flat washer {size} DIN 125 stainless A2",
        "平垫圈 {size} DIN125 不锈钢304",
        "42-{code}|plain washer {size} A2|304平垫 {size}",
        "M6 M8 M10",
        "0.013",
    ),
    Family(
        "WL",
        "ZN",
        "Large washer {size} DIN 9021 zinc plated",
        "加大平垫圈 {size} DIN9021 镀锌",
        "penny washer {size}|fender washer {size}|加大垫片 {size}",
        "M6 M8 M10",
        "0.014",
    ),
    Family(
        "WL",
        "A2",
        "Large washer {size} DIN 9021 stainless A2",
        "加大平垫圈 {size} DIN9021 不锈钢304",
        "penny washer {size} A2|304加大垫片 {size}",
        "M8",
        "0.031",
    ),
    Family(
        "WS",
        "ZN",
        "Spring washer {size} DIN 127 zinc plated",
        "弹簧垫圈 {size} DIN127 镀锌",
        "lock washer {size}|弹垫 {size}|Federring {size}",
        "M6 M8 M10 M12",
        "0.008",
    ),
    Family(
        "TR",
        "ZN",
        "Threaded rod {size} x 1 m DIN 976 zinc plated",
        "全牙丝杆 {size} 1米 镀锌",
        "allthread {size} 1000 mm|通丝螺杆 {size}|Gewindestange {size}",
        "M6 M8 M10 M12",
        "0.95",
    ),
    Family(
        "TR",
        "A2",
        "Threaded rod {size} x 1 m DIN 976 stainless A2",
        "全牙丝杆 {size} 1米 不锈钢304",
        "allthread {size} A2 1000 mm|304通丝螺杆 {size}",
        "M8 M10",
        "2.60",
    ),
    Family(
        "XB",
        "ZN",
        "Expansion anchor {size} zinc plated",
        "膨胀螺栓 {size} 镀锌",
        "wedge anchor {size}|through bolt {size}|拉爆 {size}|膨胀螺丝 {size}",
        "M8x80 M10x100 M12x120",
        "0.110",
    ),
    Family(
        "GS",
        "BK",
        "Grub screw {size} DIN 913 45H",
        "内六角紧定螺钉 {size} DIN913 平端",
        "set screw {size} flat point|机米螺丝 {size}|无头螺丝 {size}",
        "M6x10 M8x12",
        "0.024",
    ),
    Family(
        "RE",
        "RH",
        "Rod end {size} male right-hand thread",
        "杆端关节轴承 {size} 外螺纹 右旋",
        "heim joint {size} right|鱼眼轴承 {size} 正牙",
        "M8 M10",
        "4.20",
    ),
    Family(
        "RE",
        "LH",
        "Rod end {size} male left-hand thread",
        "杆端关节轴承 {size} 外螺纹 左旋",
        "heim joint {size} left|鱼眼轴承 {size} 反牙",
        "M8 M10",
        "4.40",
    ),
)

BIG_PACK_BELOW = Decimal("0.10")
MIDDLE_PACK_BELOW = Decimal("1.00")


def rounded(price: Decimal) -> Decimal:
    """Prices below one euro have three decimals, others two."""
    return price.quantize(Decimal("0.001") if price < 1 else Decimal("0.01"))


def _pack_size(price: Decimal) -> int:
    if price < BIG_PACK_BELOW:
        return 200
    return 100 if price < MIDDLE_PACK_BELOW else 10


def fasteners() -> list[Product]:
    """All fasteners, priced by the volume of steel in them."""
    rows = []
    for family in FAMILIES:
        for size in family.sizes.split():
            diameter, _, length = size.removeprefix("M").partition("x")
            code = f"{int(diameter):02d}{int(length):02d}" if length else f"{int(diameter):02d}"
            scale = Decimal(int(diameter)) / 6 * (1 + Decimal(int(length or 0)) / 60)
            price = rounded(Decimal(family.price) * scale * Decimal("1.9"))
            fields = {"size": size, "code": code}
            rows.append(
                Product(
                    sku=f"{family.code}-{code}-{family.finish}",
                    name_en=family.en.format(**fields),
                    name_zh=family.zh.format(**fields),
                    unit="pcs",
                    pack_size=_pack_size(price),
                    list_price=price,
                    cost=(price * Decimal("0.62")).quantize(Decimal("0.001")),
                    tax_rate="0.19",
                    weight_kg=(Decimal("0.0009") * Decimal(int(diameter)) ** 2 * scale / 6).quantize(
                        Decimal("0.0001")
                    ),
                    category="fasteners",
                    barcode_or_drawing="",
                    aliases=family.aliases.format(**fields),
                )
            )
    return rows
