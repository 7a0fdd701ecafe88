"""How a question is refused: the word not understood or the rule that forbids, and what comes nearest."""

from collections.abc import Sequence

from mainspring.app.asking.matching import Missing
from mainspring.app.asking.question import Asked
from mainspring.app.asking.vocabulary import grammar, layer_of
from mainspring.insight.semantic import Phrase, PlanUnfit

_NEAREST = 3
_THINGS = {
    "case": ("case", "业务单"),
    "task": ("task", "待办"),
    "employee": ("digital employee", "数字员工"),
    "process": ("process", "流程"),
}


def unknown(asked: Asked, words: Sequence[str]) -> str:
    """Which words were not understood."""
    said = asked.say(", ", "、").join(f"“{word}”" for word in words)
    return asked.say(
        f"I cannot say that: I do not understand {said}, and I do not guess.",
        f"这个我答不了：我不明白{said}，不会猜着答。",
    )


def missing(asked: Asked, one: Missing) -> str:
    """What must be said besides."""
    en, zh = _THINGS[one.what]
    return asked.say(
        f"Which {en} do you mean? Name it, or ask on its page.",
        f"您指的是哪个{zh}？请写明，或在它的页面上提问。",
    )


def forbidden(asked: Asked, because: str) -> str:
    """That whoever asks may not see it, and by which rule."""
    return asked.say(
        f"You may not see that: {asked.title(because)}.", f"您无权查看：{asked.title(because)}。"
    )


def unfit(asked: Asked, error: PlanUnfit | None) -> str:
    """Why words that are known do not go together."""
    plain = asked.say(
        "I cannot say that: I know the words, but not what is asked with all of them together.",
        "这个我答不了：词我都认识，但合在一起问的内容我没有。",
    )
    if error is None:
        return plain
    layer = layer_of(asked.house.pack.semantic)
    parts = list(error.parts)
    titles = [
        asked.title(layer.metrics[one].title)
        if one in layer.metrics
        else asked.title(layer.dimensions[one].title)
        if one in layer.dimensions
        else one
        for one in parts
    ]
    if error.reason == "dimension" and len(titles) > 1:
        return asked.say(
            f"I cannot say that: {titles[0]} is not seen by {titles[1]}.",
            f"这个我答不了：{titles[0]}不能按{titles[1]}查看。",
        )
    if error.reason == "metrics":
        both = asked.say(" and ", "和").join(titles)
        return asked.say(
            f"I can say one figure at a time, and you name {both}.", f"一次只能问一项指标，您提到了{both}。"
        )
    said = {
        "periods": ("I can say one period at a time.", "一次只能问一个时间段。"),
        "groups": ("I can show a figure by two things at most.", "一项指标最多按两个方面查看。"),
        "spans": ("That would be too many rows: name a shorter period.", "行数太多，请缩短时间段。"),
        "ranking": ("A ranking needs exactly one thing to rank.", "排名需要且只能按一个方面。"),
        "aggregation": ("That figure is not averaged or ranked so.", "这项指标不能这样汇总。"),
    }.get(error.reason)
    return plain if said is None else asked.say(*said)


def nearest(asked: Asked, phrases: Sequence[Phrase]) -> list[str]:
    """Questions that can be answered and share most with the one that cannot."""
    layer = layer_of(asked.house.pack.semantic)
    found: list[tuple[int, str]] = []
    for kind in grammar().kinds:
        shared = sum(
            bool({one.id for one in phrase.means("word")} & kind.accepted)
            + 2 * any(one.id in kind.of for one in phrase.means("entity"))
            for phrase in phrases
        )
        found.append((shared, asked.say(kind.en, kind.zh)))
    for name in dict.fromkeys(one.id for phrase in phrases for one in phrase.means("metric")):
        metric = layer.metrics[name]
        by = layer.dimensions_of(name)[:1]
        en = f"{metric.title['en']} by {layer.dimensions[by[0]].title['en']}" if by else metric.title["en"]
        zh = f"各{layer.dimensions[by[0]].title['zh']}的{metric.title['zh']}" if by else metric.title["zh"]
        found.append((3, asked.say(f"{en[:1].upper()}{en[1:]}", zh)))
    found.sort(key=lambda one: -one[0])
    best = [text for shared, text in found if shared][:_NEAREST]
    help_kind = next(kind for kind in grammar().kinds if kind.id == "abilities")
    return best or [asked.say(help_kind.en, help_kind.zh)]
