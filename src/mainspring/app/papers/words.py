"""The words of papers in English and Chinese, and in both beside each other."""

from collections.abc import Mapping

Words = Mapping[str, tuple[str, str]]

TITLES: Words = {
    "quotation": ("Quotation", "报价单"),
    "proforma": ("Pro-forma invoice", "形式发票"),
    "confirmation": ("Order confirmation", "订单确认书"),
    "delivery_note": ("Delivery note", "送货单"),
    "packing_list": ("Packing list", "装箱单"),
    "invoice": ("Invoice", "发票"),
    "credit_note": ("Credit note", "贷项通知单"),
    "statement": ("Statement of account", "对账单"),
    "reminder": ("Payment reminder", "催款函"),
}
COLUMNS: Words = {
    "sku": ("Item", "编码"),
    "description": ("Description", "品名"),
    "quantity": ("Quantity", "数量"),
    "unit": ("Unit", "单位"),
    "unit_price": ("Unit price", "单价"),
    "tax_rate": ("Tax rate", "税率"),
    "net": ("Net", "不含税金额"),
    "per_carton": ("Per carton", "每箱数量"),
    "cartons": ("Cartons", "箱数"),
    "packed": ("Packed", "已装"),
    "package": ("Package", "箱号"),
    "document": ("Document", "单据"),
    "issued": ("Issued", "开具日期"),
    "due": ("Due", "到期日"),
    "currency": ("Currency", "币种"),
    "total": ("Total", "价税合计"),
    "open": ("Open", "未结金额"),
    "days_late": ("Days late", "逾期天数"),
}
FACTS: Words = {
    "number": ("Number", "编号"),
    "day": ("Date", "日期"),
    "revision": ("Revision", "版次"),
    "valid": ("Valid until", "有效期至"),
    "order": ("Order", "订单号"),
    "source": ("Your reference", "贵方单号"),
    "delivery": ("Delivery", "送货单号"),
    "shipped": ("Shipped", "发货日期"),
    "due": ("Due on", "付款期限"),
    "reason": ("Reason", "原因"),
    "level": ("Reminder", "催款次数"),
    "tax_id": ("Tax id", "税号"),
    "contact": ("Attention", "联系人"),
}
TOTALS: Words = {
    "net": ("Net", "不含税合计"),
    "tax": ("Tax", "税额"),
    "total": ("Total", "价税合计"),
    "paid": ("Settled so far", "已结金额"),
    "open": ("Open", "未结金额"),
    "late": ("Of this late", "其中逾期"),
    "credit": ("Credit not yet used", "未使用贷项"),
    "pieces": ("Total quantity", "数量合计"),
    "cartons": ("Cartons in all", "总箱数"),
}
TEXTS: Words = {
    "for": ("To", "致"),
    "page": ("Page {} of {}", "第 {} 页 共 {} 页"),
    "received": ("Received in good order (name, date)", "货物完好收讫（签名、日期）"),
    "no_tax_invoice": (
        "For customs and payment in advance; no tax invoice.",
        "本单据用于报关与预付款，不作为税务发票。",
    ),
    "nothing_open": ("Nothing is open.", "没有未结款项。"),
    "remind_1": (
        "Perhaps it slipped your attention: the invoice below is open. If you have paid, thank you.",
        "谨此提醒：下列发票尚未付清。如已付款，请忽略本函，谢谢。",
    ),
    "remind_2": (
        "The invoice below is still open in spite of our reminder. Please pay it within seven days.",
        "经提醒后，下列发票仍未付清，请于七日内付款。",
    ),
    "remind_3": (
        "This is our last reminder of the invoice below. Please pay now, or tell us what stands in the way.",
        "这是关于下列发票的最后一次提醒，请立即付款；如有困难，请尽快与我们联系。",
    ),
}


def said(pair: tuple[str, str], language: str, between: str = " ") -> str:
    """A word in a language; "both" gives Chinese with English after it."""
    english, chinese = pair
    return {"en": english, "zh": chinese}.get(language) or f"{chinese}{between}{english}"
