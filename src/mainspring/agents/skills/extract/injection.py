"""Attempts to instruct the reader. They are flagged and change nothing: no field is read from what they say.

A text from outside is data. The patterns are about the reader's rules, role and tools, or order a decision
that only the company takes; a customer who asks for a discount is not one of them.
"""

import re

from mainspring.base.bilingual import both

INSTRUCTS = both("instructs the reader", "给读者下指令")
_RULES = (
    r"(?:rules?|instructions?|guidelines?|prompts?|polic(?:y|ies)|directives?|"
    r"restrictions?|constraints?|guardrails?|limits?|settings?|checks?|approvals?)"
)
_PATTERNS = (
    (
        rf"\b(?:ignore|disregard|forget|bypass|override|skip|overrule|suspend|neglect|do not "
        rf"follow|don't follow)\b[^.\n]{{0,40}}\b{_RULES}\b"
    ),
    (
        r"\b(?:ignore|disregard|forget)\b[^.\n]{0,25}\b(?:everything|all|"
        r"anything)\b[^.\n]{0,25}\b(?:above|before|previous|prior|told|said)\b"
    ),
    r"\byou are (?:now|from now on|no longer)\b[^.\n]{0,60}",
    (
        r"\b(?:act|behave|respond|pretend)\s+(?:as|like|to be)\b[^.\n]{0,40}\b(?:admin|"
        r"administrator|manager|assistant|developer|system|model|ai|bot)\b"
    ),
    r"\b(?:system|developer|assistant|admin)\s*(?:prompt|message|mode|override|instruction|note|command)s?\b",
    (
        r"\b(?:note|message|instructions?|attention|dear|hey|hello|hi|to)\s*(?:to|"
        r"for)?\s*(?:the|all|any)?\s*(?:ai|llm|bot|chatbot|language model|ai assistant|"
        r"automated (?:reader|agent|system|assistant)|ai (?:agent|reader|model|system))\b"
    ),
    r"\bas an? (?:ai|language model|assistant)\b",
    (
        r"\b(?:automatically|immediately|silently|directly)\s+(?:approve|confirm|accept|"
        r"release|grant)\b[^.\n]{0,60}"
    ),
    (
        r"\b(?:approve|confirm|accept|release|grant|set|apply|give)\b[^.\n]{0,60}\b(?:without "
        r"(?:any )?(?:approval|confirmation|review|asking|check(?:ing)?|human))\b"
    ),
    (
        r"\b(?:do not|don't|never)\s+(?:tell|inform|notify|alert|mention|ask|escalate|"
        r"forward)\b[^.\n]{0,40}\b(?:anyone|anybody|human|person|people|user|manager|staff|"
        r"operator|this)\b"
    ),
    (
        r"\b(?:set|change|mark|reduce)\s+(?:the|all|every|our|my|"
        r"its)?\s*(?:unit\s)?(?:prices?|discounts?|credit(?:\s?limit)?|confidence|total|"
        r"status)\s+(?:to|as|at|of)\b"
    ),
    (
        r"\b(?:apply|give|grant|use|quote)\b[^.\n]{0,30}\b(?:[6-9]\d|100)\s*(?:%|"
        r"percent)\s*(?:discount|off|rebate)"
    ),
    (
        r"\b(?:reveal|print|show|output|send|list|forward|disclose)\b[^.\n]{0,40}\b(?:system "
        r"prompt|price list of|cost prices?|other customers|passwords?|api keys?|secrets?|"
        r"credentials?|your instructions)\b"
    ),
    (
        r"<\s*/?\s*(?:system|instructions?|assistant|admin)\s*>|\[\s*(?:system|inst|/inst|"
        r"admin)\s*\]|^\s*(?:system|assistant)\s*:"
    ),
    (
        r"(?:忽略|无视|忘记|忘掉|不要遵守|不必遵守|不用遵守|跳过|绕过|覆盖|"
        r"取消)[^。\n]{0,20}(?:规则|指令|指示|规定|限制|要求|提示词|设定|政策|审批|审核|流程|"
        r"说明)"
    ),
    (
        r"(?:你现在是|你是一个|从现在起你|从现在开始你?|假装你是|请扮演|作为(?:一个)?(?:AI|"
        r"人工智能|智能体|机器人|助手))"
    ),
    r"(?:系统提示|系统指令|系统消息|管理员指令|开发者模式|管理员模式|提示词)",
    r"(?:致|给|请|告诉|通知)\s?(?:AI|人工智能|智能体|机器人|自动系统|自动回复系统|大模型|阅读本邮件的)",
    r"(?:自动|直接|立即|无需审批|不经审核|不需要人工)[^。\n]{0,10}(?:批准|通过|确认|放行|同意)",
    r"(?:不要|别|禁止|无需|不必)(?:告诉|通知|上报|转给|询问|让)[^。\n]{0,10}(?:人|主管|经理|人工|任何)",
    (
        r"(?:所有|全部|一律|把|将)[^。\n]{0,12}(?:价格|单价|折扣|信用额度|"
        r"额度)[^。\n]{0,6}(?:设为|改为|改成|设成|调为|按|打)[^。\n]{0,8}"
    ),
    r"(?:打|给|按|给予|享受)\s?(?:一|1|二|2|零点)\s?折",
)
_ANY = tuple(re.compile(pattern, re.IGNORECASE | re.MULTILINE) for pattern in _PATTERNS)


def find(text: str) -> tuple[str, ...]:
    """The passages that try to instruct the reader; empty for an ordinary text."""
    text = " ".join(text.split("\u200b"))
    passages = (match[0].strip() for pattern in _ANY for match in pattern.finditer(text))
    return tuple(dict.fromkeys(passages))
