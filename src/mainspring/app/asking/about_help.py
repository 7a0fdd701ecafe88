"""Answers about how things are done, what a figure means, and what can be asked."""

from mainspring.app.asking.answer import Link, Said, cells
from mainspring.app.asking.question import Asked
from mainspring.app.asking.vocabulary import grammar, layer_of


def how_to(asked: Asked) -> Said:
    """How something is done, and where."""
    topic = grammar().topics[asked.entities["topic"]]
    return Said(sentence=asked.title(topic.says), links=[Link(title=asked.title(topic.title), to=topic.to)])


def figure_means(asked: Asked) -> Said:
    """The definition of a figure, and what it may be seen by."""
    layer = layer_of(asked.house.pack.semantic)
    name = asked.entities["metric"]
    metric = layer.metrics[name]
    by = asked.say(", ", "、").join(
        asked.title(layer.dimensions[one].title) for one in layer.dimensions_of(name)
    )
    title, means = asked.title(metric.title), asked.title(metric.means)
    return Said(
        sentence=asked.say(
            f"{title[:1].upper()}{title[1:]}: {means}. It can be seen by {by}.",
            f"{title}：{means}。可按{by}查看。",
        ),
        links=[Link(title=asked.say("Insight", "洞察"), to="/insight")],
    )


def abilities(asked: Asked) -> Said:
    """One example of each kind of question, and the figures."""
    layer = layer_of(asked.house.pack.semantic)
    rows = [cells(asked.say(kind.en, kind.zh)) for kind in grammar().kinds]
    many = len(rows) + len(layer.metrics)
    return Said(
        sentence=asked.say(
            f"{many} kinds of question: {len(layer.metrics)} figures and these.",
            f"{many} 类问题：{len(layer.metrics)} 项指标，以及下面这些。",
        ),
        columns=[asked.say("For example", "例如")],
        rows=rows,
    )
