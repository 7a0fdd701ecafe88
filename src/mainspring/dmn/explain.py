"""An evaluation in sentences, in English or Chinese, for the person who must justify the decision."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Literal

from mainspring.dmn.trace import DecisionStep, MatchedRule, TableStep, Trace, shorten

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")
_Words = Mapping[str, str]

_ENGLISH: _Words = MappingProxyType(
    {
        "decision": "Decision",
        "service": "Decision service",
        "input": "Input",
        "businessKnowledgeModel": "Business knowledge model",
        "UNIQUE": "one rule at most may fit",
        "ANY": "several rules may fit, if they agree",
        "PRIORITY": "of the rules that fit, the best result counts",
        "FIRST": "the first rule that fits decides",
        "OUTPUT ORDER": "the results of all rules that fit, best first",
        "RULE ORDER": "the results of all rules that fit, in their order",
        "COLLECT": "the results of all rules that fit",
        "SUM": "the sum of the results of all rules that fit",
        "MIN": "the least result of all rules that fit",
        "MAX": "the greatest result of all rules that fit",
        "COUNT": "the number of results of the rules that fit",
        "table": "{name}: a table of {count} rules ({policy})",
        "asked": "asked with: {values}",
        "nothing asked": "asked with nothing",
        "rule": "rule {number} fits: {reasons}",
        "reason": "{title} is {value}, as wanted ({test})",
        "always": "it holds for every input",
        "gives": "it gives: {outputs}",
        "note": "remark",
        "none": "no rule fits",
        "result": "result: {value}",
        "answer": "{kind} {name} = {value}",
        "fault": "note: {message}",
        "and": "; ",
        "true": "yes",
        "false": "no",
        "null": "nothing given",
    }
)
_CHINESE: _Words = MappingProxyType(
    {
        "decision": "决策",
        "service": "决策服务",
        "input": "输入",
        "businessKnowledgeModel": "知识模型",
        "UNIQUE": "至多一条规则适用",
        "ANY": "可有多条规则适用，但结果须一致",
        "PRIORITY": "取适用规则中优先级最高的结果",
        "FIRST": "由第一条适用的规则决定",
        "OUTPUT ORDER": "列出所有适用规则的结果，优先级高的在前",
        "RULE ORDER": "按规则顺序列出所有适用规则的结果",
        "COLLECT": "列出所有适用规则的结果",
        "SUM": "所有适用规则的结果之和",
        "MIN": "所有适用规则的结果中最小的",
        "MAX": "所有适用规则的结果中最大的",
        "COUNT": "适用规则的结果个数",
        "table": "{name}：共 {count} 条规则的决策表（{policy}）",
        "asked": "输入：{values}",
        "nothing asked": "没有输入",
        "rule": "规则 {number} 适用：{reasons}",
        "reason": "{title} 为 {value}，符合条件（{test}）",
        "always": "对任何输入都成立",
        "gives": "给出：{outputs}",
        "note": "备注",
        "none": "没有规则适用",
        "result": "结果：{value}",
        "answer": "{kind} {name} = {value}",
        "fault": "提示：{message}",
        "and": "；",
        "true": "是",
        "false": "否",
        "null": "未提供",
    }
)
_WORDS: Mapping[Language, _Words] = MappingProxyType({"en": _ENGLISH, "zh": _CHINESE})


def explain(trace: Trace, language: Language = "en", *, notes: tuple[str, ...] = ()) -> str:
    """How a result came about, what was needed first standing first.

    Args:
        trace: of an evaluation.
        language: en or zh; names, labels and remarks stand as the model has them.
        notes: messages of the evaluation, such as why something is null.
    """
    words = _WORDS[language]
    lines = [line for step in trace.steps for line in _SHOWN[type(step)](step, words)]
    lines.extend(words["fault"].format(message=note) for note in notes)
    return "\n".join(lines)


def _value(value: Any, words: _Words) -> str:
    if value is None or isinstance(value, bool):
        return words["null" if value is None else str(value).lower()]
    return shorten(value)


def _table(step: TableStep, words: _Words) -> Iterator[str]:
    table = step.table
    policy = words[table.aggregation or table.hit_policy]
    yield words["table"].format(name=_name(step.where, words), count=len(table.rules), policy=policy)
    pairs = zip(table.inputs, step.values, strict=True)
    given = words["and"].join(f"{column.title} = {_value(value, words)}" for column, value in pairs)
    yield "  " + (words["asked"].format(values=given) if given else words["nothing asked"])
    for rule in step.rules:
        yield from _rule(rule, words)
    if not step.matched:
        yield f"  {words['none']}"
    yield "  " + words["result"].format(value=_value(step.value, words))


def _name(where: str, words: _Words) -> str:
    """The place of a table, its kind in the reader's language."""
    kind, _, rest = where.partition(" ")
    return f"{words[kind]} {rest}" if kind in words else where


def _rule(rule: MatchedRule, words: _Words) -> Iterator[str]:
    reasons = words["and"].join(
        words["reason"].format(title=cell.title, value=_value(cell.value, words), test=cell.test)
        for cell in rule.cells
        if cell.test != "-"
    )
    yield "  " + words["rule"].format(number=rule.number, reasons=reasons or words["always"])
    outputs = words["and"].join(f"{title} = {text}" if title else text for title, text in rule.outputs)
    yield "    " + words["gives"].format(outputs=outputs)
    for title, remark in rule.annotations:
        yield f"    {title or words['note']}: {remark}"


def _decision(step: DecisionStep, words: _Words) -> Iterator[str]:
    kind = words.get(step.kind, step.kind)
    yield words["answer"].format(kind=kind, name=step.name, value=_value(step.value, words))


_SHOWN: Mapping[type, Callable[[Any, _Words], Iterator[str]]] = MappingProxyType(
    {TableStep: _table, DecisionStep: _decision}
)
