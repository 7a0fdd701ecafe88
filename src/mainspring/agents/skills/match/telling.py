"""What a match rests on and what makes it doubtful, in words."""

from collections.abc import Iterable

from mainspring.agents.skills.match.align import Alignment
from mainspring.agents.skills.match.index import Entry
from mainspring.agents.skills.match.model import Alternative
from mainspring.agents.skills.specification import Conflict
from mainspring.base.bilingual import both

ONLY_ALIKE = both("the words are only alike", "只是词语相近")
OFTEN_WRONG = both("answers of this kind were wrong too often", "这类回答出错过多")
NAMES_NOTHING = both("the line names no product", "该行没有写明商品")
IS_THE_CODE = both("the text is the product's code", "原文就是商品编码")
NOTHING_SHARED = both("no product shares a telling word with the text", "没有商品与原文有相同的关键词")
TOO_UNSURE = both("less sure than the firm asks for", "把握低于公司要求")


def evidence(best: Alignment, entry: Entry) -> Iterable[str]:
    """What a match rests on: the nearest wording, what was read as what, what is missing on either side."""
    yield both('nearest wording "{text}"', "最接近的说法“{text}”", text=entry.text)
    yield from (read_as(*each) for each in best.read_as)
    if best.missing_words:
        words = ", ".join(best.missing_words)
        yield both("not in the text: {words}", "原文中没有：{words}", words=words)
    if best.extra_words:
        words = ", ".join(best.extra_words)
        yield both("not in the wording: {words}", "该说法中没有：{words}", words=words)


def read_as(written: str, meant: str) -> str:
    """What a word was taken for."""
    return both('"{written}" read as "{meant}"', "“{written}”视为“{meant}”", written=written, meant=meant)


def differs(one: str, other: str) -> str:
    """What the text says exactly and a product does not."""
    return both("{one} is not {other}", "{one} 不是 {other}", one=one, other=other)


def doubt(best: Alignment, rival: Alignment | None, alternatives: tuple[Alternative, ...]) -> str:
    """Why a match is not sure."""
    if rival and best.score - rival.score < 0.05 and len(alternatives) > 1:  # noqa: PLR2004 - scores this near are a tie to a reader
        one, two = alternatives[0].sku, alternatives[1].sku
        return both("{one} and {two} fit about equally well", "{one} 和 {two} 同样接近", one=one, two=two)
    if best.extra_words:
        words = ", ".join(best.extra_words)
        return both("the nearest wording lacks {words}", "最接近的说法缺少 {words}", words=words)
    if best.missing_words:
        words = ", ".join(best.missing_words)
        return both("the text lacks {words}", "原文缺少 {words}", words=words)
    return ONLY_ALIKE


def set_against(conflict: Conflict, entry: Entry) -> str:
    """Which exact statement sets a wording aside."""
    return both("{how} ({text})", "{how}（{text}）", how=differs(*conflict), text=entry.text)


def set_aside(conflict: str) -> str:
    """That a wording does not count."""
    return both("set aside: {conflict}", "已排除：{conflict}", conflict=conflict)


def specification_differs(conflict: str) -> str:
    """That no wording agrees in what is said exactly."""
    return both("the specification differs: {conflict}", "规格不同：{conflict}", conflict=conflict)


def several(entry: Entry) -> str:
    """That a wording tells no product from others."""
    text, count = entry.text, len(entry.skus)
    return both('"{text}" stands for {count} products', "“{text}”对应 {count} 种商品", text=text, count=count)
