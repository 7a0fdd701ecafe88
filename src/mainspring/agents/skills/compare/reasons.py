"""Which differences a person should look at first, and the differences in sentences.

An amount, a rate, a date or a term, a duty turned into a choice, a negation put in or taken out: what lawyers
look for when two versions are laid side by side. Everything else is wording, and is shown all the same.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from mainspring.agents.skills.compare.model import Change
from mainspring.base.bilingual import Bilingual, both, joined

_WORDS = {
    "negation": (
        "not no never neither nor without unless except nothing none cannot",
        "不 未 无 非 除外 除非 禁止 否",
    ),
    "duty or choice": (
        "shall must will may should can obliged entitled agree agrees endeavours efforts reasonable",
        "应当 应该 必须 须 可以 有权 有义务 尽力",
    ),
    "liability": (
        "liable liability indemnity warranty penalty damages terminate exclusive jurisdiction confidential",
        "赔偿 违约 责任 担保 保证 解除 终止 独家 仲裁 管辖 保密",
    ),
    "time": (
        "day days week weeks month months year years calendar business working immediately within before",
        "工作日 日内 天 月 年 立即 之前 以前 以后",
    ),
    "money": (
        "eur usd gbp cny rmb chf jpy hkd price prices fee fees discount interest deposit € $ £ ¥ ￥",
        "元 价款 价格 费用 折扣 利息 付款 定金 订金",
    ),
}
"""English words (whole ones) and Chinese ones (anywhere)."""


def _pattern(english: str, chinese: str) -> re.Pattern[str]:
    whole = "|".join(word for word in english.split() if word.isalpha())
    signs = "".join(re.escape(word) for word in english.split() if not word.isalpha())
    either = [rf"\b(?:{whole})\b", *([f"[{signs}]"] if signs else []), *chinese.split()]
    return re.compile("|".join(either), re.IGNORECASE)


_KINDS = tuple((name, _pattern(*words)) for name, words in _WORDS.items())
_FIGURE = re.compile(r"\d+(?:[.,:/-]\d+)*%?|[零一二三四五六七八九十百千万亿]+(?=[元日天月年%％个])")
_MOST = 160
_ADDED, _REMOVED = both("added", "增加"), both("removed", "删除")
_NUMBER, _NONE = both("number", "编号"), both("none", "无")
_CALLED = {
    "negation": both("negation", "否定词"),
    "duty or choice": both("duty or choice", "义务或选择"),
    "liability": both("liability", "责任用语"),
    "time": both("time", "时间用语"),
    "money": both("money", "金额用语"),
}


def reasons(old: str, new: str) -> tuple[str, ...]:
    """Why a difference of wording may matter: "figure 30 → 60", "negation removed: not"."""
    found: list[str] = list(_figures(old, new))
    for name, pattern in _KINDS:
        before = Counter(match.casefold() for match in pattern.findall(old))
        after = Counter(match.casefold() for match in pattern.findall(new))
        for verb, extra in ((_REMOVED, before - after), (_ADDED, after - before)):
            if extra:
                what, words = _CALLED[name], ", ".join(sorted(extra))
                said = both(
                    "{what} {verb}: {words}", "{verb}{what}：{words}", what=what, verb=verb, words=words
                )
                found.append(said)
    return tuple(found)


def _figures(old: str, new: str) -> Iterator[str]:
    before, after = Counter(_FIGURE.findall(old)), Counter(_FIGURE.findall(new))
    gone = [figure for figure in dict.fromkeys(_FIGURE.findall(old)) if before[figure] > after[figure]]
    come = [figure for figure in dict.fromkeys(_FIGURE.findall(new)) if after[figure] > before[figure]]
    if gone and come:
        was, now = ", ".join(gone), ", ".join(come)
        yield both("figure {was} → {now}", "数字 {was} → {now}", was=was, now=now)
    elif gone:
        yield both("figure removed: {gone}", "删除数字：{gone}", gone=", ".join(gone))
    elif come:
        yield both("figure added: {come}", "增加数字：{come}", come=", ".join(come))


def sentences(changes: Sequence[Change]) -> tuple[str, ...]:
    """One sentence a change, those that matter first, each with its place."""
    return tuple(_sentence(change) for change in sorted(changes, key=lambda change: not change.matters))


def _sentence(change: Change) -> str:
    clause = change.clause
    where = f"{clause.name} ({clause.place})" if str(clause.place) else clause.name
    matters = joined(map(Bilingual, change.matters))
    said = both("{where}: {what}", "{where}：{what}", where=where, what=_what(change))
    return both("{said} [{matters}]", "{said} [{matters}]", said=said, matters=matters) if matters else said


def _what(change: Change) -> str:
    if change.old is None or change.new is None:
        return _one_side(_ADDED if change.old is None else _REMOVED, change.clause.text)
    said: list[str] = []
    if change.kind == "moved":
        name, place = change.old.name, change.old.place
        said.append(both("moved from {name}, {place}", "移自 {name}，{place}", name=name, place=place))
    if change.cells:
        said += [_was(cell.column, _short(cell.old), _short(cell.new)) for cell in change.cells]
    else:
        said += [_run(edit.old, edit.new) for edit in change.edits if not edit.same]
    if change.kind == "changed" and change.old.number != change.new.number:
        said.append(_was(_NUMBER, change.old.number or _NONE, change.new.number or _NONE))
    return joined(said)


def _was(what: str, old: str, new: str) -> str:
    return both("{what} was {old}, is {new}", "{what}原为 {old}，现为 {new}", what=what, old=old, new=new)


def _one_side(verb: str, text: str) -> str:
    return both("{verb} {text}", "{verb} {text}", verb=verb, text=_short(text))


def _run(old: str, new: str) -> str:
    if not old.strip():
        return _one_side(_ADDED, new)
    if not new.strip():
        return _one_side(_REMOVED, old)
    return both("{old} is now {new}", "{old} 改为 {new}", old=_short(old), new=_short(new))


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return repr(plain if len(plain) <= _MOST else f"{plain[:_MOST]}…")
