"""What a message is about: inquiry, order, complaint, cancellation, return, lead or something else.

Counted cues, each with a weight; the subject counts more. The winner must lead clearly to be sure.
"""

import math
import re
from collections.abc import Iterator
from typing import NamedTuple


class Verdict(NamedTuple):
    """A kind, how sure it is, and the cues that decided."""

    kind: str
    confidence: float
    cues: tuple[str, ...]


_CUES: dict[str, tuple[tuple[str, float], ...]] = {
    "inquiry": (
        ((
            r"\b(?:quot(?:e|ation|es|ations|ing)|rfq|offer|inquir(?:y|ies)|enquir(?:y|ies)|price "
            r"list|pricing)\b"
        ), 2.0),
        ((
            r"\b(?:best|your|unit|net|what|which|current|good|special)\s+prices?\b|\bprice (?:for|"
            r"per|and|on|of)\b|\bhow much\b"
        ), 1.6),
        ((
            r"\b(?:could|can|would|may) you (?:please |kindly )?(?:quote|offer|let us know|tell|"
            r"send us (?:a|your))\b|\blead[- ]?times?\b|\bavailab"
        ), 1.0),
        (r"\b(?:do you (?:have|stock|carry)|in stock|we (?:are|'re) looking for|interested in)\b", 0.8),
        ((
            r"报价|询价|询盘|询一下|价格|多少钱|什么价|单价|有(?:没有)?(?:货|现货)|货期|交期|能做|"
            r"报一?下?价|报个价|报一下"
        ), 2.0),
        (r"\b(?:angebot|anfrage|preis(?:e|anfrage)?)\b", 2.0),
        (r"\b(?:we|i)(?:'d| would)? (?:need|require|like)\b|需要", 0.5),
    ),
    "order": (
        ((
            r"\bpurchase order\b|\b(?:hereby|herewith) (?:we )?order\b|\bwe (?:hereby |herewith "
            r")?order\b|\bplease (?:find|accept|process|book|enter|confirm) (?:attached )?(?:our|"
            r"the|this|my)? ?(?:attached )?(?:purchase )?order\b"
        ), 3.0),
        ((
            r"\border confirmation\b|\bconfirm (?:receipt of )?(?:this|the|our) (?:purchase "
            r")?order\b|\bplace (?:an|the|our|this|following) order\b|\bplacing (?:an|the|our) "
            r"order\b|\bnew order\b"
        ), 2.4),
        ((
            r"\b(?:our|my|the|following|this) (?:new |attached |following )?order\b|\border "
            r"(?:for|of|no|number|attached|as follows|below)\b|\bP\.?O\.?[\s#:-]*\d|\bPO-"
        ), 1.5),
        ((
            r"\b(?:i|we)(?:'d| would) like to order\b|\bwe'll take\b|\bplease (?:ship|deliver|"
            r"send us|supply|dispatch)\b|\bplease send\b(?! (?:me |us )?(?:a |your )?(?:quot|"
            r"offer|price|catalog))"
        ), 1.5),
        ((
            r"订购|下单|采购订单|采购单|订单如下|订单见|下订单|我司订|现订|要货|安排发货|请发货|"
            r"麻烦发|请安排|订货|按附件(?:发|订)|补货|追加"
        ), 2.4),
        (r"订单(?:号|编号)", 1.2),
        (r"\b(?:bestellung|bestellen|auftrag)\b", 2.4),
        ((
            r"\b(?:re-?order|repeat order|same as last (?:time|order))\b|\baccept your (?:quote|"
            r"quotation|offer)\b"
        ), 2.5),
    ),
    "complaint": (
        ((
            r"\b(?:complain(?:t|ts|ing)?|dissatisfied|disappoint(?:ed|ing)|unacceptable|"
            r"reclamation|reklamation|claim)\b"
        ), 2.8),
        ((
            r"\b(?:damaged|broken|bent|cracked|defect(?:ive|s)?|faulty|rust(?:y|ed)|leak(?:ing|ed|"
            r"s)?|wrong (?:items?|products?|parts?|size|goods|article|colou?r|quantity|ones?)|not "
            r"as ordered|does not fit|do not fit|don't fit)\b"
        ), 2.2),
        ((
            r"\b(?:missing|short(?:age| delivered| shipped)|too few|incomplete|only received|"
            r"still (?:not|haven't|hasn't|waiting)|has not arrived|not yet (?:arrived|received)|"
            r"late delivery|overdue delivery|delayed)\b"
        ), 1.6),
        ((
            r"投诉|质量(?:问题|太差|不行)|破损|损坏|坏了|碎了|裂了|变形|生锈|发错|错发|少发|漏发|"
            r"少了|缺少|不合格|不符|有问题|不满|还没(?:有)?(?:收到|到)|至今未|迟迟|断裂|漏液|泄漏"
        ), 2.2),
        (r"\b(?:quality (?:problem|issue)s?|please (?:explain|investigate)|replacement)\b", 1.2),
    ),
    "cancellation": (
        (r"\b(?:cancel(?:l?ed|l?ing|lation)?|withdraw|stornier\w*|storno|call off)\b", 3.2),
        ((
            r"取消(?:订单|该订单|这个订单|此订单|订货|采购|本订单|上述|之前|昨天|我们)|(?:订单|"
            r"单子)[^。\n]{0,15}取消|不要了|作废|撤销|撤单|退订"
        ), 3.4),
        ((
            r"\b(?:no longer need|do not (?:need|require) (?:it|them|the goods) any ?more|please "
            r"stop the order)\b"
        ), 2.0),
    ),
    "return": (
        ((
            r"\b(?:return(?:ing|ed|s)?|send(?:ing)? (?:it |them |these )?back|sent back|rma|"
            r"credit note|take (?:them|it) back|refund|rücksendung|retoure)\b"
        ), 2.8),
        (r"退货|退回|退还|退款|退掉|换货|退换|红字", 3.4),
        (r"\b(?:surplus|unused|over-?ordered|ordered too many|too many)\b", 1.2),
    ),
    "lead": (
        ((
            r"\b(?:catalog(?:ue)?s?|brochure|introduce (?:ourselves|our company)|"
            r"distributor(?:ship)?|dealer|reseller|partnership|cooperat(?:e|ion)|framework "
            r"agreement|open an account|become a customer|new supplier|potential supplier|"
            r"supplier registration|trade fair|met you at|samples?)\b"
        ), 1.8),
        ((
            r"\b(?:more information|general information|your product range|annual (?:demand|"
            r"volume|need)|long[- ]term|call me|arrange a (?:call|meeting|visit)|sales (?:rep|"
            r"representative|person|manager) (?:contact|call))\b"
        ), 1.3),
        ((
            r"目录|产品手册|画册|样册|代理|经销|合作|长期(?:供应|合作)|供应商|开户|样品|"
            r"了解(?:一下)?(?:贵司|你们)|联系(?:一下)?我|年度需求|展会"
        ), 1.7),
    ),
    "other": (
        ((
            r"\b(?:unsubscribe|newsletter|webinar|view (?:this email )?in (?:your )?browser|"
            r"limited[- ]time|click here|seo|backlinks?|crypto|lottery|winner|prize)\b"
        ), 2.5),
        ((
            r"\b(?:out of (?:the )?office|automatic reply|auto-?reply|vacation|abwesenheit|"
            r"delivery status notification|undeliverable|mailer-daemon)\b"
        ), 3.5),
        (r"退订|点击查看|限时优惠|中奖|代开发票|自动回复|外出|群发|培训课程|推广", 2.5),
        ((
            r"\b(?:job application|apply for|curriculum vitae|invoice attached|payment reminder|"
            r"remittance advice|bank details (?:have )?changed|holiday (?:greetings|closure)|"
            r"season's greetings|happy new year)\b"
        ), 1.8),
    ),
}  # fmt: skip
_COMPILED = {
    kind: tuple((re.compile(pattern, re.IGNORECASE), weight) for pattern, weight in cues)
    for kind, cues in _CUES.items()
}
_SUBJECT = 1.7
_LINES = 1.2  # lines with quantities make an inquiry or an order likelier than a lead


def classify(subject: str, body: str, *, lines: int) -> Verdict:
    """The kind of a message with its subject, its sender's own text, and the number of lines asked for."""
    scores: dict[str, float] = {}
    cues: dict[str, list[str]] = {}
    for kind, patterns in _COMPILED.items():
        for weight, cue in _hits(patterns, subject, body):
            scores[kind] = scores.get(kind, 0.0) + weight
            cues.setdefault(kind, []).append(cue)
    if lines:
        scores["inquiry"] = scores.get("inquiry", 0.0) + _LINES
        scores["order"] = scores.get("order", 0.0) + _LINES
        for kind in ("lead", "other"):
            scores[kind] = scores.get(kind, 0.0) * 0.5
    best, *others = sorted(scores.items(), key=lambda item: -item[1]) or [("other", 0.0)]
    if best[1] <= 0:
        return Verdict("other", 0.4, ())
    second = others[0][1] if others else 0.0
    confidence = 1 / (1 + math.exp(-(best[1] - second) * 1.1)) * min(1.0, 0.6 + best[1] / 8)
    return Verdict(best[0], round(confidence, 3), tuple(dict.fromkeys(cues.get(best[0], ())))[:5])


def _hits(
    patterns: tuple[tuple[re.Pattern[str], float], ...], subject: str, body: str
) -> Iterator[tuple[float, str]]:
    for pattern, weight in patterns:
        if match := pattern.search(subject):
            yield weight * _SUBJECT, match[0].strip()
        found = list(pattern.finditer(body))
        if found:
            yield weight * min(1.0 + 0.25 * (len(found) - 1), 1.5), found[0][0].strip()
