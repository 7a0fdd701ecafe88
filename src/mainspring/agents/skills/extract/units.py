"""Units as written in English, Chinese and German, brought to the eight that orders are kept in."""

UNITS = ("pcs", "box", "m", "kg", "set", "roll", "pair", "l")

_WORDINGS = {
    "pcs": (
        "pcs|pc|pce|pces|pieces|piece|peices|ea|each|units|unit|nos|stk|stck|stück|stueck|st|szt|off|"
        "bottles|bottle|cans|can|tubes|"
        "tube|sheets|sheet|bars|bar|canisters|canister|buckets|drums|cartridges|cartridge|"
        "spray cans|pads|"
        "个|只|件|支|枝|根|条|把|台|瓶|桶|罐|张|片|块|枚|颗|粒|管|辆|部|本|顶|盏|筒|块儿|個"
    ),
    "box": (
        "boxes|box|bx|bxs|cartons|carton|ctns|ctn|cases|case|packs|pack|packets|packet|"
        "packages|package|pkts|pkt|pkgs|"
        "pkg|pk|pks|bags|bag|kartons|karton|schachteln|packungen|packung|pck|boîtes|boîte|"
        "boites|doosjes|doos|vpe|reams|"
        "ream|箱|盒|包|袋|令"
    ),
    "m": "m|mtr|mtrs|metres|metre|meters|meter|米|公尺",
    "kg": "kg|kgs|kilos|kilo|kilograms|kilogram|公斤|千克",
    "set": "sets|set|kits|kit|kpl|套|组|sätze|satz",
    "roll": "rolls|roll|rolle|rollen|rouleaux|rouleau|rl|rls|reels|reel|coils|coil|spools|spool|卷|盘|捆",
    "pair": "pairs|pair|prs|pr|paar|双|对|雙|副",
    "l": "l|ltr|ltrs|litres|litre|liters|liter|升|公升",
}
# Words that multiply: a dozen is twelve pieces.
MULTIPLIERS = {
    "dozen": 12,
    "dozens": 12,
    "doz": 12,
    "dz": 12,
    "dutzend": 12,
    "打": 12,
    "gross": 144,
}
UNIT_OF = {wording: unit for unit, wordings in _WORDINGS.items() for wording in wordings.split("|")}
MEASURES = frozenset({"m", "kg", "l"})

# UN/ECE Recommendation 20 and 21 codes that trade documents use.
_CODES = {
    "pcs": "C62 H87 EA NAR NMP PCE PC ZZ XPP",
    "box": "BX XBX CT XCT CS XCS PK XPK XPA XBG BG",
    "m": "MTR",
    "kg": "KGM",
    "set": "SET KT",
    "roll": "RO XRO RL",
    "pair": "PR NPR",
    "l": "LTR",
}
_UNIT_OF_CODE = {code: unit for unit, codes in _CODES.items() for code in codes.split()}


def normalise(wording: str) -> str | None:
    """The unit that a wording means; None for one that is not known."""
    return UNIT_OF.get(wording.strip().lower().rstrip(".")) or (
        "pcs" if wording.strip().lower() in MULTIPLIERS else None
    )


def from_code(code: str) -> str | None:
    """The unit of a UN/ECE code such as "C62"; None for one that orders are not kept in."""
    return _UNIT_OF_CODE.get(code.strip().upper())
