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
        (
            (
                r"\b(?:quot(?:e|ation|es|ations|ing)|rfq|offer|inquir(?:y|ies)|enquir(?:y|ies)|price "
                r"list|pricing|"
                r"price (?:check|request)|request for)\b"
            ),
            2.2,
        ),
        (
            (
                r"\b(?:best|your|unit|net|what|which|current|good|special|a|budget)\s+prices?\b|"
                r"\bprices? (?:for|per|on|of)\b|"
                r"\bhow much\b|\bprice up\b|\bneed prices?\b|\bwhat (?:does|do|would|is|"
                r"are)\b[^.?\n]{0,60}\b(?:cost|come to)\b"
            ),
            2.2,
        ),
        (
            (
                r"\b(?:could|can|would|may) you (?:please |kindly )?(?:quote|offer|price|let us know|"
                r"tell|send us (?:a|your))\b|"
                r"\blead[- ]?times?\b|\bavailab"
            ),
            1.0,
        ),
        (
            (
                r"\b(?:do you (?:have|stock|carry)|in stock|if (?:you have|no stock|not in stock)|we "
                r"(?:are|'re) looking for|interested in)\b"
            ),
            0.8,
        ),
        (
            (
                r"报价|報價|询价|詢價|询盘|询一下|价格(?!\s?(?:ok|可以|没问题))|單價|单价|"
                r"有(?:没有)?(?:现货)|货期|能做|报一?下?价|报个价|报一下|问价|大概价|问个?价"
            ),
            2.2,
        ),
        (r"多少钱|什么价|啥价|怎么卖", 4.0),
        (
            (
                r"\b(?:angebot|anfrage|preis(?:e|anfrage)?|devis|demande de prix|richiesta|presupuesto|"
                r"offerte|aanvraag)\b"
            ),
            2.2,
        ),
    ),
    "order": (
        (
            (
                r"\bpurchase order\b|\b(?:hereby|herewith) (?:we )?order\b|\bwe (?:hereby |herewith "
                r")?order\b|"
                r"\bplease (?:find|accept|process|book|enter|confirm) (?:attached |below )?(?:our|the|"
                r"this|my)? ?"
                r"(?:attached )?(?:purchase )?(?:order|p\.?o\.?)\b"
            ),
            3.0,
        ),
        (
            (
                r"\border confirmation\b|\bconfirm (?:receipt of )?(?:this|the|our) (?:purchase "
                r")?order\b|"
                r"\bplac(?:e|ing) (?:an|the|our|this|following) order\b|\bnew order\b|\bas amended\b"
            ),
            2.4,
        ),
        (r"(?:^|[/:\-]\s*)(?:\w+ )?order\b|\border[:.]?\s*$", 1.6),
        (
            (
                r"\b(?:our|my|the|following|this|under) (?:new |attached |following )?order\b|"
                r"\border (?:for|of|no|number|attached|as follows|below)\b|\border [A-Z0-9]{0,6}[-/ "
                r"]?\d|\bP\.?O\b"
            ),
            1.6,
        ),
        (
            (
                r"\b(?:i|we)(?:'d| would) like to order\b|\b(?:we|i)(?:'ll| will) take\b|\bok(?:ay)? "
                r"take\b|\bgo ahead\b|"
                r"\bplease accept\b|"
                r"\bplease (?:ship|deliver|supply|dispatch)\b|\bon account\b|"
                r"\bplease send\b(?! (?:me |us )?(?:a |your )?(?:best |latest |current )?(?:quot|offer|"
                r"price|catalog))"
            ),
            2.2,
        ),
        (
            (
                r"订购|下单|采购订单|采购单|订货单|订单如下|订单见|下订单|我司订|现订|要货|安排发货|"
                r"请发货|麻烦发|请安排|订货|"
                r"按附件(?:发|订)|补货|补单|再补|追加|确认订单|最后一单|新订单"
            ),
            2.4,
        ),
        (
            (
                r"\b(?:pls|please) proceed\b|\bgo ahead with\b|价格\s?(?:ok|可以|没问题)|"
                r"\bprices? (?:is |are )?(?:all )?(?:ok|good|fine|accepted)\b"
            ),
            4.0,
        ),
        (r"订单|訂單|单号", 1.2),
        (
            (
                r"\b(?:bestellung|bestellen|bestelling|auftrag|pedido|commande|zam[oó]wienie|ordine|"
                r"liefern sie)\b"
            ),
            2.4,
        ),
        (
            (
                r"\b(?:re-?order|repeat order|same as (?:last (?:time|order)|always))\b|"
                r"\baccept(?:ing)? your (?:quot|offer)"
            ),
            2.5,
        ),
    ),
    "complaint": (
        (
            (
                r"\b(?:complain(?:t|ts|ing)?|dissatisfied|disappoint(?:ed|ing)|unacceptable|reclamation|"
                r"reklamation|"
                r"not what (?:i|we) ordered|sort it)\b"
            ),
            2.8,
        ),
        (
            (
                r"\b(?:damaged|broken|bent|cracked|defect(?:ive|s)?|faulty|rust(?:y|ed)|leak(?:ing|ed|"
                r"s)?|"
                r"wrong (?:items?|products?|parts?|size|goods|article|colou?r|quantity|ones?|invoice|"
                r"price)|invoice (?:is )?wrong|"
                r"not as ordered|does not fit|do not fit|don't fit|i got|we got)\b"
            ),
            2.4,
        ),
        (
            (
                r"\b(?:missing|short(?:age| delivered| shipped| delivery)|too few|incomplete|only "
                r"received|"
                r"(?:still|again) (?:not|no|haven't|hasn't|waiting|wait)|we still wait|has not arrived|"
                r"not yet (?:arrived|received)|late delivery|overdue delivery|delayed|second reminder|"
                r"2nd time|again\?)"
            ),
            2.0,
        ),
        (
            r"\bcorrected? (?:the )?invoice\b|\bwill not pay\b|\bat your cost\b|\bpayment reminder instead\b",
            3.0,
        ),
        (
            (
                r"投诉|质量(?:问题|太差|不行|差)|破损|损坏|坏了|碎了|裂了|变形|生锈|发错|错发|少发|漏发|"
                r"少了|短少|缺货少|不合格|不符|"
                r"有问题|不满|断裂|漏液|泄漏|赔偿|不粘|没法用|不能用|根本不|写错|错误|搞错|弄错"
            ),
            2.6,
        ),
        (r"还没(?:有)?(?:收到|到)|至今未|迟迟|一直没", 2.2),
        (r"\b(?:quality (?:problem|issue)s?|please (?:explain|investigate)|replacement)\b", 1.2),
    ),
    "cancellation": (
        (
            r"\b(?:please|pls|kindly|to|must|must now|have to) cancel\b|取消(?:该|此|本|这个|上述)?订单|退订",
            4.0,
        ),
        (r"\b(?:cancel(?:l?ing|lation)?|withdraw|stornier\w*|storno|call off)\b", 3.2),
        (r"\b(?:was|is|are|be|been)? ?cancell?ed\b", 1.0),
        (
            (
                r"取消(?:订单|该订单|这个订单|此订单|订货|采购|本订单|上述|之前|昨天|我们)|(?:订单|"
                r"单子)[^。\n]{0,15}(?:取消|作废)|"
                r"不要了|撤销|撤单|退订|取消"
            ),
            3.4,
        ),
        (
            (
                r"\b(?:no longer need|do not (?:need|require) (?:it|them|the goods) any ?more|please "
                r"stop the order)\b"
            ),
            2.0,
        ),
    ),
    "return": (
        (
            (
                r"\b(?:return(?:ing|ed|s)?|send(?:ing)? (?:it |them |these )?back|sent back|rma|credit "
                r"note|"
                r"take (?:them|it) back|refund|rücksendung|retoure)\b"
            ),
            2.8,
        ),
        (r"退货|退回|退还|退款|退掉|红字", 3.4),
        (r"换货|退换", 2.0),
        (r"\b(?:surplus|unused|over-?ordered|ordered too many|too many)\b", 1.2),
    ),
    "lead": (
        (
            (
                r"\b(?:catalog(?:ue)?s?|brochure|introduce (?:ourselves|our company)|"
                r"distributor(?:ship)?|dealer|reseller|"
                r"partnership|cooperat(?:e|ion)|framework agreement|open an account|become a customer|"
                r"new supplier|"
                r"potential supplier|supplier registration|trade fair|met you at|samples?)\b"
            ),
            1.8,
        ),
        (
            (
                r"\b(?:more information|general information|your product range|annual (?:demand|volume|"
                r"need)|long[- ]term|"
                r"call me|arrange a (?:call|meeting|visit)|sales (?:rep|representative|person|manager) "
                r"(?:contact|call))\b"
            ),
            1.3,
        ),
        (
            (
                r"目录|产品手册|画册|样册|代理|经销|合作|长期(?:供应|合作)|成为供应商|开户|样品|"
                r"了解(?:一下)?(?:贵司|你们)|"
                r"联系(?:一下)?我|年度需求|展会"
            ),
            1.7,
        ),
    ),
    "other": (
        (
            (
                r"\b(?:unsubscribe|newsletter|webinar|view (?:this email )?in (?:your )?browser|"
                r"limited[- ]time|click here|seo|"
                r"backlinks?|crypto|lottery|winner|prize|congratulations|processing fee|you (?:have "
                r")?won)\b"
            ),
            3.0,
        ),
        (
            (
                r"\b(?:out of (?:the )?office|automatic reply|auto-?reply|vacation|abwesenheit|delivery "
                r"status notification|"
                r"undeliverable|mailer-daemon)\b"
            ),
            3.5,
        ),
        (r"退订|点击查看|限时优惠|中奖|代开发票|自动回复|外出|群发|培训课程|推广", 2.5),
        (
            (
                r"\b(?:job application|apply for|curriculum vitae|remittance advice|bank details "
                r"(?:have )?changed|"
                r"holiday (?:greetings|closure)|season's greetings)\b"
            ),
            1.8,
        ),
    ),
}
_COMPILED = {
    kind: tuple((re.compile(pattern, re.IGNORECASE | re.MULTILINE), weight) for pattern, weight in cues)
    for kind, cues in _CUES.items()
}
_SUBJECT = 1.7
_PLAIN = 2.8  # the weight of a cue that leaves no doubt
_LINES = 1.2  # lines with quantities make an inquiry or an order likelier than anything else


def classify(subject: str, body: str, *, lines: int) -> Verdict:
    """The kind of a message with its subject, its sender's own text, and the number of lines asked for."""
    scores: dict[str, float] = {}
    cues: dict[str, list[str]] = {}
    for kind, patterns in _COMPILED.items():
        for weight, cue in _hits(patterns, subject, body):
            scores[kind] = scores.get(kind, 0.0) + weight
            cues.setdefault(kind, []).append(cue)
    if lines:
        asks = (
            "inquiry" if scores.get("inquiry") else "order"
        )  # a list without a word about prices wants the goods
        scores[asks] = scores.get(asks, 0.0) + _LINES
        for kind in ("lead", "other"):
            scores[kind] = scores.get(kind, 0.0) * 0.5
    for kind in ("cancellation", "return"):
        if scores.get(kind, 0.0) >= _PLAIN:  # whoever cancels or returns names the order without ordering
            scores["order"] = scores.get("order", 0.0) * 0.4
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
