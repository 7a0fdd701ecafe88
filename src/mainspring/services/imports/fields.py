"""What an import may bring in: kinds of rows, the roles of their columns, and what each role looks like."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from mainspring.services.imports import words

Sort = Literal[
    "text",
    "code",
    "name",
    "number",
    "money",
    "rate",
    "day",
    "flag",
    "currency",
    "country",
    "days",
    "email",
    "phone",
    "account",
]


@dataclass(frozen=True, slots=True)
class Role:
    """What a column may be.

    Attributes:
        name: the field of the books that it fills.
        sort: what its values look like.
        words: headings that mean it, folded.
        title: how people call it, by language.
    """

    name: str
    sort: Sort
    words: tuple[str, ...]
    title: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Kind:
    """Rows of one sort of record.

    Attributes:
        roles: what its columns may be.
        needed: roles without which nothing can be imported; where one is a tuple, one of them is enough.
        carried: roles that hold for the rows below as well, where those leave them empty.
        words: what such a list is called in titles and file names.
    """

    name: str
    title: Mapping[str, str]
    roles: tuple[Role, ...]
    needed: tuple[tuple[str, ...], ...]
    carried: frozenset[str]
    words: tuple[str, ...]

    def role(self, name: str) -> Role | None:
        """The role of this name."""
        return next((one for one in self.roles if one.name == name), None)


def _role(name: str, sort: Sort, said: str, en: str, zh: str) -> Role:
    return Role(name, sort, tuple(said.split("|")), {"en": en, "zh": zh})


_CURRENCY = _role("currency", "currency", words.CURRENCY, "currency", "币种")
_PARTY = (
    _role("contact", "text", words.CONTACT, "contact", "联系人"),
    _role("phone", "phone", words.PHONE, "phone", "电话"),
    _role("email", "email", words.EMAIL, "e-mail", "邮箱"),
    _role("tax_id", "code", words.TAX_ID, "tax id", "税号"),
    _role("country", "country", words.COUNTRY, "country", "国家"),
    _role("city", "text", words.CITY, "city", "城市"),
    _role("address", "text", words.ADDRESS, "address", "地址"),
    _CURRENCY,
    _role("payment_days", "days", words.DAYS, "payment days", "账期（天）"),
)
_CUSTOMER_ID = _role("customer_id", "code", words.CUSTOMER_ID, "customer no.", "客户编码")
_CUSTOMER_NAME = _role("customer_name", "name", words.CUSTOMER_NAME, "customer", "客户名称")
_SKU = _role("sku", "code", words.SKU, "item no.", "商品编码")

CUSTOMERS = Kind(
    "customers",
    {"en": "customers", "zh": "客户"},
    (
        _CUSTOMER_ID,
        _role("name", "name", words.CUSTOMER_NAME, "name", "名称"),
        _role(
            "tier",
            "text",
            "tier|class|level|price level|customer group|group|category|customer type|type|grade|"
            "rank|等级|级别|客户等级|客户级别|客户分类|客户类别|客户类型|分类|价格等级",
            "tier",
            "等级",
        ),
        *_PARTY,
        _role("language", "text", "language|lang|语言|语种", "language", "语言"),
        _role(
            "credit_limit",
            "money",
            "credit limit|credit|credit line|limit|信用额度|授信额度|信用额|赊销额度|额度|欠款上限",
            "credit limit",
            "信用额度",
        ),
        _role(
            "blocked",
            "flag",
            "blocked|inactive|on hold|on stop|stopped|停用|禁用|冻结|黑名单|是否停用|是否禁用",
            "blocked",
            "冻结",
        ),
        _role("active", "flag", "active|status|enabled|启用|状态|是否启用|使用状态", "active", "启用"),
    ),
    (("customer_id", "name"), ("name",)),
    frozenset(),
    ("customer", "customers", "client", "clients", "debtor", "客户", "往来单位"),
)
PRODUCTS = Kind(
    "products",
    {"en": "products", "zh": "商品"},
    (
        _SKU,
        _role("name", "name", words.PRODUCT_NAME, "name", "名称"),
        _role(
            "name_zh",
            "name",
            "chinese name|name chinese|name cn|name zh|description chinese|中文名|中文名称|中文品名",
            "Chinese name",
            "中文名称",
        ),
        _role(
            "description",
            "text",
            "description|long description|specification|spec|specs|details|sales description|model|"
            "规格|规格型号|型号|描述|商品描述|产品描述|型号规格",
            "description",
            "规格说明",
        ),
        _role(
            "category",
            "text",
            "category|product group|item group|group|class|type|product category|department|family|"
            "类别|分类|商品类别|商品分类|存货分类|产品类别|物料分类|产品分类|所属类别|货品分类",
            "category",
            "类别",
        ),
        _role("unit", "text", words.UNIT, "unit", "单位"),
        _role(
            "pack_size",
            "number",
            "pack size|pack|qty carton|qty per carton|pcs carton|pcs per carton|units per carton|"
            "carton qty|packing|pack qty|case pack|装箱数|装箱量|箱规|每箱数量|箱入数|件装数|"
            "包装数量|装箱数量",
            "per carton",
            "装箱数",
        ),
        _CURRENCY,
        _role("list_price", "money", words.LISTED, "list price", "售价"),
        _role("cost", "money", words.COST, "cost", "成本"),
        _role(
            "tax_rate",
            "rate",
            "tax rate|vat rate|tax|vat|sales tax rate|gst|tax percent|税率|销项税率|增值税率|税率百分",
            "tax rate",
            "税率",
        ),
        _role(
            "active", "flag", "active|status|enabled|state|启用|状态|是否启用|使用状态|上架", "active", "启用"
        ),
        _role(
            "discontinued",
            "flag",
            "discontinued|inactive|blocked|obsolete|停产|停用|禁用|是否停用|下架|是否停产",
            "discontinued",
            "停用",
        ),
    ),
    (("sku",), ("name", "name_zh")),
    frozenset(),
    ("item", "items", "product", "products", "article", "catalogue", "商品", "存货", "产品", "物料", "货品"),
)
PRICES = Kind(
    "prices",
    {"en": "prices", "zh": "价格"},
    (
        _SKU,
        _CUSTOMER_ID,
        _role(
            "tier",
            "text",
            "tier|level|price level|customer group|price list|group|class|等级|级别|客户等级|"
            "客户级别|客户分类|价格等级|客户类别",
            "tier",
            "客户等级",
        ),
        _role(
            "min_quantity",
            "number",
            "min qty|minimum quantity|minimum order|moq|from qty|qty from|from quantity|"
            "quantity from|break|quantity break|起订量|起批量|最小起订量|起始数量|数量起|最低数量|"
            "数量从|阶梯数量",
            "from quantity",
            "起订量",
        ),
        _role("unit_price", "money", f"{words.UNIT_PRICE}|{words.LISTED}", "unit price", "单价"),
        _CURRENCY,
        _role(
            "valid_from",
            "day",
            "valid from|from|from date|start date|effective|effective date|生效日期|开始日期|"
            "起始日期|有效期从|执行日期|生效日",
            "valid from",
            "生效日期",
        ),
        _role(
            "valid_until",
            "day",
            "valid to|valid until|to|to date|end date|expiry|expires|失效日期|结束日期|截止日期|"
            "有效期至|到期日期|失效日",
            "valid until",
            "失效日期",
        ),
    ),
    (("sku",), ("unit_price",)),
    frozenset(),
    ("price list", "prices", "pricing", "价格", "报价", "价目"),
)
STOCK = Kind(
    "stock",
    {"en": "stock", "zh": "库存"},
    (_SKU, _role("on_hand", "number", words.ON_HAND, "on hand", "现存量")),
    (("sku",), ("on_hand",)),
    frozenset(),
    ("stock", "inventory", "warehouse", "库存", "收发存", "盘点", "现存量", "进销存"),
)
SUPPLIERS = Kind(
    "suppliers",
    {"en": "suppliers", "zh": "供应商"},
    (
        _role(
            "supplier_id",
            "code",
            "supplier id|supplier no|supplier code|vendor|vendor id|vendor no|vendor code|"
            "vendor number|creditor no|supplier|供应商编码|供应商编号|供应商代码|供应商|"
            "往来单位编码|单位编号|厂商编码",
            "supplier no.",
            "供应商编码",
        ),
        _role(
            "name",
            "name",
            "supplier name|vendor name|supplier|vendor|company|name|creditor|供应商名称|供应商全称|"
            "供应商简称|供应商|名称|往来单位|单位名称|厂商名称|公司名称|供货单位",
            "name",
            "名称",
        ),
        *_PARTY,
        _role(
            "lead_days",
            "days",
            "lead time|lead time days|lead days|delivery time|delivery days|交期|交货期|交货周期|"
            "供货周期|采购提前期|提前期",
            "lead time (days)",
            "交期（天）",
        ),
        _role(
            "account",
            "account",
            "bank account|account number|iban|bank account no|account|银行账号|银行账户|账号|"
            "开户账号|收款账号",
            "bank account",
            "银行账号",
        ),
    ),
    (("supplier_id", "name"), ("name",)),
    frozenset(),
    ("supplier", "suppliers", "vendor", "vendors", "creditor", "供应商", "厂商", "供货商"),
)
ORDERS = Kind(
    "orders",
    {"en": "open orders", "zh": "未完成订单"},
    (
        _role("source_no", "code", words.ORDER_NO, "order no.", "订单号"),
        _role("ordered_at", "day", words.ORDER_DAY, "ordered on", "下单日期"),
        _CUSTOMER_ID,
        _CUSTOMER_NAME,
        _SKU,
        _role("description", "text", words.PRODUCT_NAME, "description", "品名"),
        _role("unit", "text", words.UNIT, "unit", "单位"),
        _role("quantity", "number", words.QUANTITY, "quantity", "数量"),
        _role("delivered", "number", words.DELIVERED, "delivered", "已发数量"),
        _role("unit_price", "money", words.UNIT_PRICE, "unit price", "单价"),
        _CURRENCY,
    ),
    (("source_no",), ("customer_id", "customer_name"), ("sku",), ("quantity",)),
    frozenset({"source_no", "ordered_at", "customer_id", "customer_name", "currency"}),
    ("order", "orders", "sales order", "sales orders", "订单", "销售订单", "订货"),
)
RECEIVABLES = Kind(
    "receivables",
    {"en": "receivables", "zh": "应收账款"},
    (
        _CUSTOMER_ID,
        _CUSTOMER_NAME,
        _role("invoice_no", "code", words.INVOICE_NO, "invoice no.", "发票号"),
        _role("order_no", "code", words.ORDER_NO, "order no.", "订单号"),
        _role("issued_at", "day", words.INVOICE_DAY, "issued on", "开票日期"),
        _role(
            "due_at",
            "day",
            "due|due date|due on|payment due|maturity|到期日|到期日期|应收日期|付款期限|收款日期|最后付款日",
            "due on",
            "到期日",
        ),
        _role(
            "total",
            "money",
            "total|amount|invoice amount|original amount|gross|gross amount|invoice total|发票金额|"
            "应收金额|金额|价税合计|原币金额|单据金额|总金额",
            "invoice total",
            "发票金额",
        ),
        _role(
            "paid",
            "money",
            "paid|paid amount|amount paid|received|payments|applied|已收金额|已收款|已核销金额|"
            "已付金额|收款金额|已结金额",
            "paid",
            "已收金额",
        ),
        _role("amount", "money", words.AMOUNT, "open", "未收余额"),
        _CURRENCY,
    ),
    (("customer_id", "customer_name"), ("invoice_no",), ("amount", "total")),
    frozenset({"customer_id", "customer_name"}),
    (
        "receivables",
        "receivable",
        "aged receivables",
        "open items",
        "ageing",
        "应收",
        "欠款",
        "对账单",
        "账龄",
    ),
)

KINDS: Mapping[str, Kind] = {
    one.name: one for one in (CUSTOMERS, PRODUCTS, PRICES, STOCK, SUPPLIERS, ORDERS, RECEIVABLES)
}
"""In the order in which a new firm brings them in: later ones name earlier ones."""

IGNORED = tuple(words.IGNORED.split("|"))
