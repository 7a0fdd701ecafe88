"""What columns of banks' lists and wallets' bills are called, in both languages."""

from mainspring.services.imports.fields import Kind, Role, Sort


def _role(name: str, sort: Sort, said: str, zh: str) -> Role:
    return Role(name, sort, tuple(said.split("|")), {"en": name.replace("_", " "), "zh": zh})


BILL = Kind(
    "statement",
    {"en": "statement", "zh": "对账单"},
    (
        _role(
            "day",
            "day",
            "date|booking date|transaction date|posting date|booked|time|value date|交易日期|"
            "交易时间|记账日期|日期|入账时间|入账日期|付款时间|记账时间|发生时间|交易日",
            "日期",
        ),
        _role(
            "amount",
            "money",
            "amount|transaction amount|net amount|betrag|sum|金额|金额元|交易金额|发生额|收支金额|收支金额元",
            "金额",
        ),
        _role(
            "credit",
            "money",
            "credit|credit amount|paid in|money in|deposit|deposits|in|收入|收入金额|贷方金额|"
            "贷方发生额|存入|收入元|贷方|存入金额|转入金额",
            "收入",
        ),
        _role(
            "debit",
            "money",
            "debit|debit amount|paid out|money out|withdrawal|withdrawals|out|支出|支出金额|"
            "借方金额|借方发生额|支取|支出元|借方|支取金额|转出金额",
            "支出",
        ),
        _role(
            "direction",
            "text",
            "direction|dr cr|debit credit|type|sign|cr dr|收支|收支类型|借贷标志|借贷|借贷方向|"
            "资金流向|收付标志",
            "收支",
        ),
        _role(
            "balance",
            "money",
            "balance|running balance|closing balance|余额|账户余额|账户结余|账户结余元|账户余额元|本次余额",
            "余额",
        ),
        _role("currency", "currency", "currency|ccy|币种|币别|货币", "币种"),
        _role(
            "payer",
            "text",
            "counterparty|counterparty name|payer|payee|name|beneficiary|sender|partner|"
            "other party|payer payee|对方户名|交易对方|对方名称|对方账户名称|付款人|户名|对手户名|"
            "对方单位名称|收付款方名称",
            "对方户名",
        ),
        _role(
            "account",
            "account",
            "counterparty account|iban|account number|other account|payer account|对方账号|"
            "对手账号|对方账户|收付款方账号|付款账号",
            "对方账号",
        ),
        _role(
            "reference",
            "text",
            "reference|payment reference|end to end id|customer reference|ref|商户订单号|商户单号|"
            "商家订单号|参考号|凭证号|附言|交易附言|汇款附言|用途|款项用途|备注",
            "参考号",
        ),
        _role(
            "text",
            "text",
            "description|details|purpose|remittance|narrative|memo|particulars|摘要|附言|用途|"
            "商品名称|商品|备注|商品说明|交易说明|交易摘要",
            "摘要",
        ),
        _role(
            "bank_reference",
            "code",
            "transaction id|transaction no|bank reference|id|流水号|交易流水号|交易号|交易单号|"
            "资金流水单号|支付宝交易号|微信支付业务单号|交易订单号|账务流水号",
            "流水号",
        ),
        _role("fee", "money", "fee|fees|charge|commission|服务费|服务费元|手续费|手续费元", "手续费"),
        _role("status", "text", "status|state|交易状态|当前状态|状态", "状态"),
    ),
    (("day",), ("amount", "credit", "debit")),
    frozenset(),
    (),
)
