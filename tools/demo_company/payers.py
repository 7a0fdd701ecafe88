"""How customers are named on a bank statement: capitals, no accents, pinyin, often cut short."""

import unicodedata

from tools.demo_company.catalogue import Customer

PINYIN = {"示例": "SHILI", "演示": "YANSHI", "样例": "YANGLI"}
LONGEST = 54
NARROW = 18
# One group pays through its treasury, whose name says nothing of the customer.
TREASURY = {"C042": "DEMO STEEL GROUP TREASURY SE"}


def payer(customer: Customer, index: int) -> str:
    """The name on the statement; every sixth is cut after 18 signs, as narrow fields do."""
    if customer.customer_id in TREASURY:
        return TREASURY[customer.customer_id]
    start = PINYIN.get(customer.name[:2])
    if start:
        domain = customer.email.split("@")[1].split(".")[0]
        word, number = domain[:-3], domain[-3:]
        name = f"{start} {word.upper()} {number} YOUXIAN GONGSI"
    else:
        plain = unicodedata.normalize("NFKD", customer.name).encode("ascii", "ignore").decode()
        name = plain.upper().replace("&", "+")
    return name[: NARROW if index % 6 == 0 else LONGEST].strip()
