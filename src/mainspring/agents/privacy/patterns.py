"""Personal and confidential values as they are written in English and Chinese texts."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

Check = Callable[[str], bool]


class Found(NamedTuple):
    """A value to be replaced: what it is, and where it stands in the text."""

    kind: str
    begin: int
    end: int


class _Pattern(NamedTuple):
    kind: str
    expression: re.Pattern[str]
    check: Check


def _any(_: str) -> bool:
    return True


def luhn(text: str) -> bool:
    """Whether the digits are a card number (Luhn 1960)."""
    digits = [int(sign) for sign in text if sign.isdigit()]
    doubled = [digit * 2 - 9 * (digit > 4) for digit in digits[-2::-2]]  # noqa: PLR2004 - 5 doubled has two digits
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def iban(text: str) -> bool:
    """Whether it is an international account number (ISO 13616, remainder 1 by 97)."""
    plain = re.sub(r"\s", "", text).upper()
    turned = plain[4:] + plain[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def chinese_identity(text: str) -> bool:
    """Whether the last sign is the check sign of the others (GB 11643)."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(sign) * weight for sign, weight in zip(text[:17], weights, strict=True))
    return "10X98765432"[total % 11] == text[17].upper()


def no_greeting(text: str) -> bool:
    """Whether what follows "Dear" is somebody's name."""
    first = text.split(maxsplit=1)[0]
    return first not in {"Sir", "Sirs", "Madam", "Customer", "Team", "All", "Mr", "Mrs", "Ms"}


def after(*words: str) -> str:
    """An expression for a place that stands right after one of these words."""
    return "(?:" + "|".join(f"(?<={re.escape(word)})" for word in words) + ")"


_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余"
    "杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史"
    "陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_STREETS = (
    "Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Square|Sq|"
    "Place|Pl|Terrace|Way|Close"
)
_WORD = r"[A-Z][\w'’-]+"
_NAME = rf"{_WORD}(?:[ \t]+(?:{_WORD}|[A-Z]\b\.?)){{0,3}}"
_HAN = "[一-鿿]"
_TITLES = after("Mr ", "Mr. ", "Mrs ", "Mrs. ", "Ms ", "Ms. ", "Dr ", "Dr. ")
_LETTER = after("Dear ", "name is ", "Regards,\n", "regards,\n", "Sincerely,\n", "sincerely,\n")
_ACCOUNT = after("account", "Account", "a/c", "A/C", "账号", "帐号", "账户", "卡号")
_PERSON = after("联系人", "收件人", "收货人", "姓名", "我叫", "我是")
_REGION = rf"(?:{_HAN}{{2,8}}(?:省|自治区))?(?:{_HAN}{{2,8}}市)?(?:{_HAN}{{1,8}}[区县])?"

_WRITTEN: tuple[tuple[str, str, Check], ...] = (
    ("EMAIL", r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", _any),
    ("IBAN", r"\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){2,7}(?:[ ]?[A-Z0-9]{1,3})?\b", iban),
    ("IDENTITY", r"(?<!\d)\d{17}[\dXx](?![\dA-Za-z])", chinese_identity),
    ("IDENTITY", r"\b\d{3}-\d{2}-\d{4}\b", _any),
    ("IDENTITY", after("passport ", "Passport ") + r"(?:no\.?|number)?[ :]*[A-Z]{0,2}\d{6,9}\b", _any),
    ("IDENTITY", after("护照") + r"[号码：: ]*[A-Z]{1,2}\d{7,8}", _any),
    ("CARD", r"(?<![\d-])(?:\d[ -]?){12,18}\d(?![\d-])", luhn),
    ("ACCOUNT", _ACCOUNT + r"[^\d\n]{0,12}\d[\d -]{5,24}\d", _any),
    ("PHONE", r"(?<![\d.])(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)", _any),
    ("PHONE", r"(?<![\w.])\+\d{1,3}(?:[ .()/-]{0,2}\d){6,13}(?!\d)", _any),
    ("PHONE", r"(?<![\w.-])\(?0\d{2,4}\)?(?:[ /-]\d{3,4}){1,3}(?![\d-])", _any),
    ("PHONE", r"(?<![\w.-])0\d{2,3}-\d{7,8}(?![\d-])", _any),
    ("PHONE", r"(?<![\w.-])\(?\d{3}\)?[ -]\d{3}-\d{4}(?![\d-])", _any),
    (
        "ADDRESS",
        rf"\b\d{{1,5}}[A-Za-z]?,?[ ](?:{_WORD}[ ]){{1,4}}(?:{_STREETS})\b\.?(?:,[ ][A-Z][\w \t-]+){{0,3}}",
        _any,
    ),
    (
        "ADDRESS",
        rf"{_REGION}[一-鿿\d]{{1,12}}[路街道巷弄]{_HAN}{{0,4}}\d+[号弄](?:[一-鿿\d-]{{0,12}}[号楼室单元栋层])?",
        _any,
    ),
    ("NAME", _TITLES + _NAME, _any),
    ("NAME", _LETTER + _NAME, no_greeting),
    ("NAME", rf"[{_SURNAMES}]{_HAN}{{0,2}}(?=先生|女士|小姐|经理|老师|总(?:[，。,. ]|$))", _any),
    ("NAME", _PERSON + rf"[：: ]?[{_SURNAMES}]{_HAN}{{1,2}}", _any),
)
_PATTERNS = tuple(_Pattern(kind, re.compile(expression), check) for kind, expression, check in _WRITTEN)


def find(text: str) -> Iterator[Found]:
    """All that looks like a personal value; what was found first is not found again as something else."""
    taken: list[tuple[int, int]] = []
    for kind, expression, check in _PATTERNS:
        for match in expression.finditer(text):
            begin, end = match.span()
            while begin < end and text[begin] in " :：":
                begin += 1
            if (
                begin < end
                and check(text[begin:end])
                and all(end <= one or begin >= two for one, two in taken)
            ):
                taken.append((begin, end))
                yield Found(kind, begin, end)
