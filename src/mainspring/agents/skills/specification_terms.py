"""The words of specifications, in English, Chinese and a little German, and what they mean.

Each entry maps a wording to a kind of feature and its canonical value. Latin wordings are lower-case
phrases of at most three words, nouns in the singular; Chinese ones are matched as substrings, longest first.
"""

from collections.abc import Iterator
from typing import NamedTuple


class Term(NamedTuple):
    """What a wording says: a kind of feature and the value in canonical English."""

    kind: str
    value: str


_COLOURS = (
    *(
        "black",
        "white",
        "red",
        "blue",
        "green",
        "yellow",
        "orange",
        "purple",
        "pink",
        "brown",
        "grey",
        "silver",
    ),
    *("gold", "beige", "ivory", "cream", "turquoise", "violet", "olive", "navy", "bronze", "magenta", "cyan"),
)

_COLOUR_ALIASES = {
    "gray": "grey",
    "golden": "gold",
    "transparent": "clear",
    "clear": "clear",
    "schwarz": "black",
    "weiss": "white",
    "weiß": "white",
    "rot": "red",
    "blau": "blue",
    "grün": "green",
    "gelb": "yellow",
    "grau": "grey",
}

_CHINESE_COLOURS = {
    "黑": "black",
    "白": "white",
    "红": "red",
    "蓝": "blue",
    "绿": "green",
    "黄": "yellow",
    "橙": "orange",
    "紫": "purple",
    "粉": "pink",
    "棕": "brown",
    "褐": "brown",
    "灰": "grey",
    "银": "silver",
    "金": "gold",
    "米": "beige",
}

# kind -> value -> wordings separated by "|"
_WORDINGS: dict[str, dict[str, str]] = {
    "material": {
        "stainless": "stainless|stainless steel|inox|edelstahl|不锈钢|不銹鋼",
        "brass": "brass|messing|黄铜",
        "copper": "紫铜",
        "aluminium": "aluminium|aluminum|alu|铝合金|铝制|铝",
        "nylon": "nylon|polyamide|pa66|pa6|尼龙",
        "plastic": "plastic|塑料|塑胶",
        "rubber": "rubber|橡胶",
        "nitrile": "nitrile|nbr|丁腈",
        "latex": "latex|乳胶",
        "leather": "leather|皮质|皮革|牛皮手套",
        "cotton": "cotton|棉质|纯棉",
        "wood": "wooden|wood|木质|木制",
        "cardboard": "cardboard|瓦楞",
        "steel": "carbon steel|碳钢",
        "hss": "hss|高速钢",
        "hss-co": "hss-co|hss co|hsse|含钴高速钢|含钴",
        "pvc": "pvc|聚氯乙烯",
        "polypropylene": "pp|polypropylene|聚丙烯",
        "polyethylene": "pe|ldpe|hdpe|polyethylene|聚乙烯",
        "ptfe": "ptfe|teflon|聚四氟乙烯",
        "silicone": "silicone|硅胶|硅酮",
    },
    "finish": {
        "zinc plated": "zinc|zinc plated|zinced|zp|galvanised|galvanized|galv|verzinkt|镀锌|蓝白锌",
        "hot-dip galvanised": "hot dip galvanised|hot dip galvanized|hdg|热镀锌|热浸锌",
        "plain": "plain|uncoated|self-colour|本色|未镀|无镀层",
        "black oxide": "black oxide|blackened|发黑|发黑处理",
        "nickel plated": "nickel|nickel plated|nickel-plated|镀镍",
        "chrome plated": "chrome|chrome plated|chromed|镀铬",
        "yellow zinc": "yellow zinc|彩锌|镀彩锌",
    },
    "side": {
        "left": "left|left-hand|left hand|left-handed|lh|links|左手|左旋|左牙|左向|左侧|反牙|左",
        "right": "right|right-hand|right hand|right-handed|rh|rechts|右手|右旋|右牙|右向|右侧|右",
    },
    "size word": {
        "mini": "mini|miniature|迷你",
        "small": "small|小号|小型",
        "medium": "medium|中号|中型",
        "large": "large|大号|大型",
        "extra large": "extra large|x-large|xl|特大号|加大号",
        "xxl": "xxl|2xl",
        "xs": "xs|x-small|extra small|特小号",
        "jumbo": "jumbo|giant|超大",
    },
    "drive": {
        "external hex": "hex bolt|hex head|hexagon head|hexagon bolt|hex screw|hexagon screw|外六角",
        "hex socket": "hex socket|hexagon socket|socket head|socket cap|socket screw|allen bolt|allen screw|"
        "allen head|内六角|内六方",
        "cross recess": "phillips|cross recess|cross recessed|pozidriv|pozi|pz|ph|十字槽|十字",
        "slot": "slotted|一字槽|一字",
        "torx": "torx|star drive|tx|内梅花|梅花槽",
    },
    "head": {
        "countersunk": "countersunk|csk|flat head|senkkopf|沉头|平头",
        "pan": "pan head|盘头",
        "button": "button head|半圆头|圆杯",
        "raised": "raised head|半沉头",
        "flange": "flange|flanged|法兰面|法兰",
    },
    "nut": {
        "hex nut": "hex nut|hexagon nut|六角螺母|六角螺帽",
        "lock nut": "lock nut|locknut|nyloc|nylock|nyloc nut|自锁螺母|防松螺母|尼龙锁紧螺母|锁紧螺母",
        "wing nut": "wing nut|蝶形螺母",
        "cap nut": "cap nut|dome nut|acorn nut|盖形螺母|盖帽螺母",
        "flange nut": "flange nut|flanged nut|法兰螺母",
    },
    "washer": {
        "flat washer": "flat washer|plain washer|平垫圈|平垫片|平垫",
        "spring washer": "spring washer|spring lock washer|split washer|弹簧垫圈|弹簧垫片|弹簧垫|弹垫",
        "large washer": "fender washer|large washer|penny washer|加大垫圈|加大平垫|大垫圈|大平垫",
        "toothed washer": "toothed washer|serrated washer|锯齿垫圈",
    },
    "thread run": {
        "full": "full thread|fully threaded|full-thread|全牙|全螺纹",
        "part": "partial thread|part thread|partially threaded|半牙|半螺纹",
    },
}


def latin_terms() -> dict[str, Term]:
    """Lower-case phrases of one to three words, each with what it says."""
    found: dict[str, Term] = {}
    for colour in _COLOURS:
        found[colour] = Term("colour", colour)
        for shade in ("light", "dark"):
            found[f"{shade} {colour}"] = Term("colour", f"{shade} {colour}")
    for wording, colour in _COLOUR_ALIASES.items():
        found[wording] = Term("colour", colour)
    return found | {wording: term for wording, term in _wordings() if not _chinese(wording[0])}


def chinese_terms() -> dict[str, Term]:
    """Chinese substrings, each with what it says."""
    found = {wording: term for wording, term in _wordings() if _chinese(wording[0])}
    for character, colour in _CHINESE_COLOURS.items():
        found[f"{character}色"] = Term("colour", colour)
        if character in "黑白红蓝绿黄灰":
            found[f"{character}的"] = Term("colour", colour)
        found[f"浅{character}色"] = Term("colour", f"light {colour}")
        found[f"深{character}色"] = Term("colour", f"dark {colour}")
    found["透明"] = Term("colour", "clear")
    return found


def lone_colours() -> dict[str, str]:
    """Single Chinese characters that are a colour only when no other character touches them."""
    return dict(_CHINESE_COLOURS)


def _wordings() -> Iterator[tuple[str, Term]]:
    for kind, values in _WORDINGS.items():
        for value, wordings in values.items():
            for wording in wordings.split("|"):
                yield wording, Term(kind, value)


def _chinese(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


# Norms that traders sell for one another: the key reads as the value. ISO took over DIN, GB/T took over ISO.
SAME_NORM = {
    "DIN 933": "ISO 4017",
    "GB 5783": "ISO 4017",
    "DIN 931": "ISO 4014",
    "GB 5782": "ISO 4014",
    "DIN 934": "ISO 4032",
    "GB 6170": "ISO 4032",
    "DIN 912": "ISO 4762",
    "GB 70.1": "ISO 4762",
    "DIN 7991": "ISO 10642",
    "GB 70.3": "ISO 10642",
    "DIN 125": "ISO 7089",
    "DIN 125A": "ISO 7089",
    "GB 97.1": "ISO 7089",
    "DIN 9021": "ISO 7093",
    "GB 96.1": "ISO 7093",
    "GB 93": "DIN 127",
    "DIN 985": "ISO 10511",
    "DIN 7985": "ISO 7045",
    "DIN 965": "ISO 7046",
}
