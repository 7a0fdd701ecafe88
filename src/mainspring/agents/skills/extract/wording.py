"""What of a sentence is the product: courtesy, requests, bullets and prices are taken away."""

import re

from mainspring.agents.skills import specification

BULLET = re.compile(
    (
        r"^\s*(?:[-*•·●▪◦■→>–—+]+\s*|[(（]?\d{1,2}[)）]\s*|\d{1,2}[.、/](?![\d\s]*\d)\s*|"
        r"\d{1,2}[.、]\s+|[①-⑳]\s*|"
        r"[a-hA-H][).]\s+|(?:item|pos(?:ition)?|nr|no)\.?\s*\d{1,2}\s*[:.)-]\s*|"
        r"\d{1,2}\s*[:：]\s+)"
    ),
    re.IGNORECASE,
)
LABEL = re.compile(
    (
        r"^\s*(?P<label>product(?: name)?|item(?: name)?|article|description|goods|material|"
        r"spec(?:ification)?s?|size|colou?r|grade|finish|qty|quantity|menge|unit|"
        r"品名|产品(?:名称)?|名称|货品|物料|规格(?:型号)?|型号|尺寸|材质|颜色|数量|单位|part "
        r"no\.?|code|sku|art(?:ikel)?\.?[- ]?nr\.?|artikel)\s*[:：]\s*"
    ),
    re.IGNORECASE,
)
_REQUEST = re.compile(
    (
        r"^(?:\s*(?:hi|hello|dear\s\w+|hey|also|and|then|plus|next|further|additionally|"
        r"furthermore|finally|lastly|oh|ok|so|well|now|first(?:ly)?|second(?:ly)?|"
        r"third(?:ly)?|"
        r"we(?:'d| would)?(?:\s(?:also|now|urgently|currently|still))*(?:\s(?:need|want|like|"
        r"require|order|are looking for|are in need of|have a need for|take|wish|are|will "
        r"take|could use|request|kindly request|hereby order|to order|to buy|to have|to get|"
        r"'ll take))+|"
        r"i(?:'d| would|'m| am)?(?:\s(?:also|now|urgently))*(?:\s(?:need|want|like|require|"
        r"looking for|to order|to buy|order|take|could use))+|(?:please|kindly|pls|"
        r"plz)(?:\s(?:can|could|would|you|also))*\s?"
        r"(?:quote|offer|send|ship|deliver|supply|provide|add|include|order|book|let us have|"
        r"give|confirm|prepare|put|reserve|make|cancel|return)?(?:\s(?:us|me|it|up|on|down))*|"
        r"(?:can|could|would|will|may) (?:you|i|we)(?:\s(?:please|kindly|also))*\s?(?:quote|"
        r"offer|send|ship|deliver|supply|provide|get|have|tell|give|let|order)?(?:\s(?:us|me|"
        r"know))*|"
        r"(?:your|the)?\s?(?:best|unit|net|current|lowest)?\s?(?:price|prices|quotation|quote|"
        r"offer|delivery time|availability|lead time)s?(?:\s(?:and|&|/)\s(?:price|delivery "
        r"time|availability|lead time|delivery))*\s(?:for|on|of)|"
        r"(?:a |an |the |your )?(?:quote|quotation|offer|price|order|inquiry|enquiry|rfq|"
        r"request)\s?(?:for|on|of)|what(?:'s| is| would be| are)\s(?:the|"
        r"your)?\s?(?:best\s)?price(?:s)?(?:\s(?:for|of|on))?|how much (?:is|are|for|would)|"
        r"looking for|do you (?:have|carry|stock|sell|offer)|"
        r"need|needs|needed|require|required|want|order(?:ing)?|to order|to|for|of|is|are|the "
        r"following(?: items?| products?| articles?)?|following|(?:approx(?:imately|\.)?|"
        r"about|around|ca\.?|circa|roughly|some|another|more|additional|up to|at least|"
        r"min(?:imum|\.)?)|"
        r"qty|quantity|bitte|wir (?:benötigen|brauchen|bestellen|bitten um)|ein angebot "
        r"(?:für|über)|und|je|anfrage|angebot)(?![a-z'])[\s,:;–-]*)+"
    ),
    re.IGNORECASE,
)
_REQUEST_CHINESE = re.compile(
    r"^(?:\s*(?:您好|你好|请问|麻烦(?:您|你)?|烦请|请(?:帮忙|帮|贵司|您|你们|你)?|我(?:们|"
    r"司|方|公司)?|现在?|目前|急?需要?(?:采购|订购|购买)?|想(?:要|订|买|询|问|采购)?|"
    r"要(?:订|买|采购|求)?|订购?|采购|购买|"
    r"(?:报|询|问)(?:一?下|个)?(?:价格|价)?|报价|询价|给(?:我们?|我司)?|发(?:一?下|我们?|"
    r"货)?|再(?:加|来|要|订|追加)?|另外|还(?:有|需要|要)?|以及|和|及|并|加上|同时|此外|"
    r"其中|"
    r"大(?:概|约)|约|一共|总共|共|各|每种|每样|各种|安排|提供|一下|价格|的|有没有|是否有|"
    r"有|多少钱|单价|补货|追加|来|下(?:单|列|面)?|如下|以下(?:产品|物料|货物)?|取消|退回?|"
    r"数量|贵司|你们|您)[\s,，:：、]*)+"
)
_TAIL = re.compile(
    (
        r"[\s,，;；:：.。!！?？=–—\-*/|]*(?:(?<![a-z])(?:please|pls|thanks|thank you|asap|"
        r"urgent(?:ly)?|each|in stock|available|if possible|as usual|as before|x|à|qty|"
        r"quantity|needed|required|"
        r"and|or|with|of|for|the|at|we need|approx\.?|about|around|ca\.?|in total|total|"
        r"what(?:'s| is) (?:the|your) price|price|how much|bitte|dringend|of each|as well|too|"
        r"also)(?![a-z])|谢谢|多少钱|什么价|有货吗|有吗|吗|呢|左右|急用|急|各|每种|数量|需要|"
        r"要|共|大概|大约|约|的|报价|价格|订|采购|和|及|以及|一?共|"
        r"总共)?[\s,，;；:：.。!！?？=–—\-*/|]*$"
    ),
    re.IGNORECASE,
)
PRICE = re.compile(
    (
        r"[\s,，;(（@]*(?:(?:target|expected|last|current|old|hoped|"
        r"our)?\s?(?:unit\s)?price\s?(?:is|was|of|around|about|max\.?|:|：)?|目标价|期望价|"
        r"单价|价格|上次(?:价格|单价)?|@|at|à|zu|for)?\s*"
        r"(?:(?:€|\$|￥|¥|eur|usd|rmb|cny)\s?(\d+(?:[.,]\d+)?)|(\d+(?:[.,]\d+)?)\s?(?:€|\$|"
        r"eur(?![a-z])|euros?(?![a-z])|usd|rmb|cny|元|块))\s*(?:/|per|each|pro|每)?\s*(?:pc|"
        r"pcs|piece|unit|box|m|kg|roll|set|pair|个|只|件|箱|盒|卷|套|米|st(?:ü|ue)ck|"
        r"stk)?(?![a-z])[)）]?"
    ),
    re.IGNORECASE,
)
_CODE = re.compile(
    r"(?<![A-Za-z0-9./])((?=[A-Z0-9.-]*\d)[A-Z]{1,6}[-.]?[A-Z0-9]*(?:[-.][A-Z0-9]+)*\d[A-Z0-9]*(?:-[A-Z0-9]+)*)(?![A-Za-z0-9])"
)
_FIGURE_CODE = re.compile(r"(?<![\w./-])(\d{2,5}-\d{2,6})(?![\w./-]|\s?(?:mm|cm|m|ml|l|g|kg)\b)")
_LABELLED_CODE = re.compile(
    (
        r"(?:art(?:icle|ikel)?\.?[\s-]*(?:no|nr|number)?\.?|part[\s-]*(?:no|number)?\.?|"
        r"item[\s-]*(?:no|number|code)\.?|code|sku|p/?n|ref\.?|drawing(?:\s*no\.?)?|dwg\.?|"
        r"型号|料号|货号|编码|编号|图号|物料号)"
        r"\s*[:：#]?\s*((?=[A-Z0-9./_-]*\d)[A-Z0-9][A-Z0-9./_-]{2,24})(?![A-Za-z0-9])"
    ),
    re.IGNORECASE,
)
_COMMON_WORDS = (
    "a|about|above|again|all|also|an|and|another|any|are|as|asap|at|attached|be|below|best|bitte|"
    "box|boxes|but|by|can|color|colour|could|date|day|days|dear|deliver|delivery|different|do|"
    "does|each|first|following|for|from|had|has|have|hello|here|hi|how|i|if|in|inquiry|is|it|item|"
    "items|je|just|kind|kinds|last|list|madam|me|month|more|mr|mrs|ms|my|need|next|no|not|now|"
    "number|of|offer|ok|on|one|ones|only|or|order|ordered|orders|our|pairs|pcs|per|pieces|please|"
    "po|position|positions|price|prices|qty|quantity|quotation|quote|received|regards|request|"
    "rolls|same|sets|sir|size|sizes|so|soon|stock|stuff|team|thank|thanks|that|the|them|there|"
    "these|they|thing|things|this|those|time|to|too|total|two|type|types|und|units|up|urgent|us|"
    "usual|was|we|week|weeks|were|what|when|where|which|will|wir|with|would|x|year|yes|you|your"
)
_COMMON = frozenset(_COMMON_WORDS.split("|"))
_STOP_CHINESE = re.compile(
    r"请问|您好|你好|谢谢|麻烦|报价|询价|价格|需要|我们|我司|贵司|你们|数量|单价|尽快|"
    r"交货|送货|发货|收到|订单|附件|如下|以下|下面|各|每种|个|一共|总共|产品|型号|规格|的|"
    r"吗|了|请|和|要|等|款|种"
)


_DETAILS_WORDS = (
    "steel|thread|head|quality|grade|plated|finish|finished|type|class|colour|color|version|made|"
    "long|length|wide|thick|diameter|strength|coated|norm|standard|size|strong"
)
_DETAILS = frozenset(_DETAILS_WORDS.split("|"))
_DETAILS_CHINESE = re.compile("材质|表面|长度?|宽|厚|直径|等级|强度|处理|标准|颜色|级|螺纹|色|钢|国标|德标")


def product(text: str) -> str:
    """The product's wording in a piece of a sentence without its quantity."""
    text = re.sub(r"\s[–—-]\s*\d+\s*$", "", PRICE.sub(" ", text))
    text = BULLET.sub("", text)
    before = None
    while before != text:
        before = text
        text = _REQUEST.sub("", text)
        text = _REQUEST_CHINESE.sub("", text)
        text = _TAIL.sub("", text)
        text = text.strip(' \t,，;；:：.。!！?？=–—-*/|"“”、')
    return " ".join(_balance(text).split())


def _balance(text: str) -> str:
    """Without a bracket that lost its partner."""
    for left, right in ("()", "（）", "[]", "【】"):
        if text.count(left) != text.count(right):
            text = text.replace(left, " ").replace(right, " ")
        text = text.replace(f"{left}{right}", " ").replace(f"{left} {right}", " ")
    return text.strip(" ,，")


def content(text: str) -> int:
    """How much of a wording may name a product: words and characters beyond everyday ones, and figures."""
    folded = specification.fold(text)
    words = [word for word in re.findall(r"[a-zäöüß]{3,}", folded) if word not in _COMMON]
    chinese = len(re.findall(r"[\u4e00-\u9fff]", _STOP_CHINESE.sub("", folded)))
    exact = sum(1 for item in specification.find(text) if item.feature.kind != "number")
    return len(words) + chinese // 2 + 2 * exact + 2 * bool(code(text))


def only_specification(text: str) -> bool:
    """Whether a piece only details what was named before ("A2", "zinc plated", "DIN 933", "red")."""
    found = specification.find(text)
    if not found:
        return False
    rest = list(specification.fold(text))
    for item in found:
        rest[item.start : item.end] = " " * (item.end - item.start)
    left = "".join(rest)
    words = [w for w in re.findall(r"[a-zäöüß]{3,}", left) if w not in _COMMON and w not in _DETAILS]
    signs = re.findall(r"[\u4e00-\u9fff]", _DETAILS_CHINESE.sub("", _STOP_CHINESE.sub("", left)))
    return not words and len(signs) <= 1


_SHORTEST_CODE = 4  # shorter ones are sizes


def code(text: str) -> str | None:
    """An article number in a wording; sizes, norms and threads are none."""
    if labelled := _LABELLED_CODE.search(text):
        return labelled[1].rstrip("./-")
    if plain := _FIGURE_CODE.search(text):
        return plain[1]
    taken = [(item.start, item.end) for item in specification.find(text) if item.feature.kind != "number"]
    for match in _CODE.finditer(text):
        free = not any(start < match.end() and match.start() < end for start, end in taken)
        if len(match[1]) >= _SHORTEST_CODE and free:
            return match[1]
    return None


def price(text: str) -> str | None:
    """The unit price named in a piece, as written."""
    match = PRICE.search(text)
    return (match[1] or match[2]) if match else None
