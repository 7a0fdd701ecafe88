"""Which differences a person should look at first, and the differences in sentences.

An amount, a rate, a date or a term, a duty turned into a choice, a negation put in or taken out: what lawyers
look for when two versions are laid side by side. Everything else is wording, and is shown all the same.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from mainspring.agents.skills.compare.model import Change

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


def reasons(old: str, new: str) -> tuple[str, ...]:
    """Why a difference of wording may matter: "figure 30 → 60", "negation removed: not"."""
    found = list(_figures(old, new))
    for name, pattern in _KINDS:
        before = Counter(match.casefold() for match in pattern.findall(old))
        after = Counter(match.casefold() for match in pattern.findall(new))
        for verb, extra in (("removed", before - after), ("added", after - before)):
            if extra:
                found.append(f"{name} {verb}: {', '.join(sorted(extra))}")
    return tuple(found)


def _figures(old: str, new: str) -> Iterator[str]:
    before, after = Counter(_FIGURE.findall(old)), Counter(_FIGURE.findall(new))
    gone = [figure for figure in dict.fromkeys(_FIGURE.findall(old)) if before[figure] > after[figure]]
    come = [figure for figure in dict.fromkeys(_FIGURE.findall(new)) if after[figure] > before[figure]]
    if gone and come:
        yield f"figure {', '.join(gone)} → {', '.join(come)}"
    elif gone:
        yield f"figure removed: {', '.join(gone)}"
    elif come:
        yield f"figure added: {', '.join(come)}"


def sentences(changes: Sequence[Change]) -> tuple[str, ...]:
    """One sentence a change, those that matter first, each with its place."""
    return tuple(_sentence(change) for change in sorted(changes, key=lambda change: not change.matters))


def _sentence(change: Change) -> str:
    clause = change.clause
    where = f"{clause.name} ({clause.place})" if str(clause.place) else clause.name
    matters = f" [{'; '.join(change.matters)}]" if change.matters else ""
    return f"{where}: {_what(change)}{matters}"


def _what(change: Change) -> str:
    if change.old is None or change.new is None:
        verb = "added" if change.old is None else "removed"
        return f"{verb} {_short(change.clause.text)}"
    said = [f"moved from {change.old.name}, {change.old.place}"] if change.kind == "moved" else []
    if change.cells:
        said += [f"{cell.column} was {_short(cell.old)}, is {_short(cell.new)}" for cell in change.cells]
    else:
        said += [_run(edit.old, edit.new) for edit in change.edits if not edit.same]
    if change.kind == "changed" and change.old.number != change.new.number:
        said.append(f"number was {change.old.number or 'none'}, is {change.new.number or 'none'}")
    return "; ".join(said)


def _run(old: str, new: str) -> str:
    if not old.strip():
        return f"added {_short(new)}"
    if not new.strip():
        return f"removed {_short(old)}"
    return f"{_short(old)} is now {_short(new)}"


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return repr(plain if len(plain) <= _MOST else f"{plain[:_MOST]}…")
