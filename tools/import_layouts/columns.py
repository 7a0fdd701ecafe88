"""The twelve layouts: what each file is called, holds, and what each of its columns really is.

They were fixed before the guess was written. Roles are the names of the fields in Mainspring's books;
an empty role is a column that the books have no use for.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Layout:
    """An export of an accounting program.

    Attributes:
        file: its name; the ending says the format.
        kind: what its rows are.
        columns: heading, role, and the name of the column's values (`values.py`); a heading of two rows is
            written with a slash.
        above: rows before the headings (a title, what was chosen).
        total: the word that begins the row of totals; empty for none.
        sums: the columns that are added up there.
        groups: the column by which rows are grouped, each group ended with a subtotal.
        blank_repeats: columns left empty where they repeat what stands above.
    """

    file: str
    kind: str
    columns: tuple[tuple[str, str, str], ...]
    encoding: str = "utf-8"
    separator: str = ","
    above: tuple[str, ...] = ()
    total: str = ""
    sums: tuple[str, ...] = ()
    groups: str = ""
    subtotal: str = ""
    blank_repeats: tuple[str, ...] = ()
    rows: int = 30


LAYOUTS = (
    Layout(
        "01_客户档案.xlsx",
        "customers",
        (
            ("客户编码", "customer_id", "customer_own"),
            ("客户名称", "name", "company_zh_own"),
            ("助记码", "", "letters"),
            ("客户分类", "tier", "grade_zh"),
            ("联系人", "contact", "person_zh"),
            ("手机号码", "phone", "mobile_cn"),
            ("电子邮箱", "email", "mail"),
            ("所在城市", "city", "city_zh"),
            ("详细地址", "address", "street_zh"),
            ("纳税人识别号", "tax_id", "tax_cn"),
            ("账期（天）", "payment_days", "days"),
            ("信用额度(元)", "credit_limit", "limit"),
            ("业务员", "", "clerk_zh"),
            ("停用", "blocked", "no_zh"),
            ("备注", "", "remark_zh"),
        ),
        above=("客户基本资料", "导出日期：2026-01-05    导出人：演示"),
        rows=15,
    ),
    Layout(
        "02_customer_list.csv",
        "customers",
        (
            ("Account Ref", "customer_id", "account_own"),
            ("Company", "name", "company_en_own"),
            ("Contact Person", "contact", "person_en"),
            ("Telephone", "phone", "phone_intl"),
            ("E-mail Address", "email", "mail"),
            ("Street", "address", "street_en"),
            ("Town", "city", "city_en"),
            ("Ctry", "country", "country"),
            ("VAT Reg. No.", "tax_id", "vat"),
            ("Terms", "payment_days", "net_terms"),
            ("Curr.", "currency", "currency"),
            ("Credit Limit", "credit_limit", "limit_en"),
            ("Price Level", "tier", "grade_en"),
            ("Balance", "", "money_en"),
            ("Date Opened", "", "day_dmy"),
        ),
        encoding="utf-8-sig",
        total="Total",
        sums=("Balance",),
        rows=15,
    ),
    Layout(
        "03_商品信息.csv",
        "products",
        (
            ("商品编号", "sku", "sku"),
            ("商品全名", "name", "product_zh"),
            ("规格型号", "description", "spec"),
            ("计量单位", "unit", "unit_zh"),
            ("条形码", "", "barcode"),
            ("商品类别", "category", "category_zh"),
            ("装箱数", "pack_size", "carton"),
            ("参考进价", "cost", "cost"),
            ("批发价", "list_price", "price"),
            ("税率%", "tax_rate", "percent"),
            ("品牌", "", "brand"),
            ("库存下限", "", "count"),
            ("状态", "active", "state_zh"),
        ),
        encoding="gb18030",
        total="合计",
        rows=25,
    ),
    Layout(
        "04_item_master.xlsx",
        "products",
        (
            ("Item No.", "sku", "sku"),
            ("Item Name", "name", "product_en"),
            ("Chinese Name", "name_zh", "product_zh"),
            ("Long Description", "description", "spec"),
            ("Product Group", "category", "category_en"),
            ("U/M", "unit", "unit_en"),
            ("Qty/Carton", "pack_size", "carton"),
            ("CBM/Carton", "", "volume"),
            ("HS Code", "", "hs"),
            ("Standard Cost", "cost", "cost"),
            ("Sales Price", "list_price", "price"),
            ("Ccy", "currency", "usd"),
            ("VAT Rate", "tax_rate", "share"),
            ("Discontinued?", "discontinued", "no_en"),
            ("Last Changed", "", "day_iso"),
        ),
        above=("Item master list - demo data",),
        rows=25,
    ),
    Layout(
        "05_价格表_price_list.xlsx",
        "prices",
        (
            ("货号 Item No.", "sku", "sku"),
            ("品名 Description", "", "product_zh"),
            ("客户等级 Level", "tier", "level"),
            ("客户代码 Customer", "customer_id", "empty"),
            ("起订量 MOQ", "min_quantity", "step"),
            ("单位 Unit", "", "unit_zh"),
            ("单价 Unit Price", "unit_price", "price"),
            ("币种 Currency", "currency", "usd"),
            ("生效日期 Valid From", "valid_from", "day_iso"),
            ("失效日期 Valid To", "valid_until", "later_iso"),
        ),
        above=("报价单 Price list", "示例数据 demo data"),
    ),
    Layout(
        "06_收发存汇总表.xlsx",
        "stock",
        (
            ("仓库", "", "warehouse_zh"),
            ("存货编码", "sku", "sku"),
            ("存货名称", "", "product_zh"),
            ("规格型号", "", "spec"),
            ("单位", "", "unit_zh"),
            ("期初结存/数量", "", "count"),
            ("期初结存/金额", "", "money"),
            ("本期收入/数量", "", "count"),
            ("本期收入/金额", "", "money"),
            ("本期发出/数量", "", "count"),
            ("本期发出/金额", "", "money"),
            ("期末结存/数量", "on_hand", "stock"),
            ("期末结存/金额", "", "money"),
        ),
        above=("收发存汇总表", "会计期间：2025年12期"),
        total="合计",
        sums=("期末结存/数量", "期末结存/金额"),
        groups="仓库",
        subtotal="小计",
    ),
    Layout(
        "07_stock_on_hand.csv",
        "stock",
        (
            ("Article", "sku", "sku"),
            ("Article text", "", "product_en"),
            ("Bin", "", "bin"),
            ("Physical stock", "on_hand", "stock_comma"),
            ("Reserved", "", "count"),
            ("Reorder point", "", "count"),
            ("Last count", "", "day_dot"),
            ("Value EUR", "", "money_comma"),
        ),
        encoding="cp1252",
        separator=";",
        above=("Stock on hand per 31.12.2025",),
        rows=25,
    ),
    Layout(
        "08_vendor_list.xlsx",
        "suppliers",
        (
            ("Vendor #", "supplier_id", "vendor"),
            ("Vendor Name", "name", "supplier_en"),
            ("Attn.", "contact", "person_en"),
            ("Tel.", "phone", "phone_intl"),
            ("Email", "email", "mail"),
            ("Country/Region", "country", "country"),
            ("City", "city", "city_en"),
            ("Address", "address", "street_en"),
            ("Tax No.", "tax_id", "vat"),
            ("Payment Terms (days)", "payment_days", "days"),
            ("Lead Time (days)", "lead_days", "lead"),
            ("Currency", "currency", "currency"),
            ("Bank Account", "account", "iban"),
            ("Buyer", "", "clerk_en"),
        ),
    ),
    Layout(
        "09_未完成销售订单.xlsx",
        "orders",
        (
            ("单据日期", "ordered_at", "day_slash"),
            ("订单号", "source_no", "order"),
            ("客户名称", "customer_name", "company_zh"),
            ("商品编码", "sku", "sku"),
            ("商品名称", "description", "product_zh"),
            ("单位", "unit", "unit_zh"),
            ("订货数量", "quantity", "ordered"),
            ("已发货数量", "delivered", "delivered"),
            ("未发货数量", "", "rest"),
            ("不含税单价", "unit_price", "price"),
            ("税率", "", "percent_sign"),
            ("价税合计", "", "money"),
            ("交货日期", "", "later_slash"),
            ("制单人", "", "clerk_zh"),
        ),
        above=("未完成销售订单明细",),
        total="总计",
        sums=("订货数量", "价税合计"),
        blank_repeats=("单据日期", "订单号", "客户名称"),
    ),
    Layout(
        "10_open_sales_orders.csv",
        "orders",
        (
            ("SO Number", "source_no", "order"),
            ("SO Date", "ordered_at", "day_mdy"),
            ("Cust ID", "customer_id", "account"),
            ("Customer", "customer_name", "company_en"),
            ("Line", "", "line"),
            ("Item", "sku", "sku"),
            ("Item description", "description", "product_en"),
            ("Ordered", "quantity", "ordered"),
            ("Shipped", "delivered", "delivered"),
            ("UOM", "unit", "unit_en"),
            ("Unit price", "unit_price", "price"),
            ("Currency", "currency", "usd"),
            ("Ext. amount", "", "money_en"),
            ("Requested ship date", "", "later_mdy"),
        ),
        separator="\t",
    ),
    Layout(
        "11_应收账款明细.csv",
        "receivables",
        (
            ("客户编号", "customer_id", "customer"),
            ("客户简称", "customer_name", "company_zh"),
            ("发票号码", "invoice_no", "invoice"),
            ("开票日期", "issued_at", "day_han"),
            ("到期日", "due_at", "later_han"),
            ("发票金额", "total", "total"),
            ("已收金额", "paid", "paid"),
            ("未收余额", "amount", "open"),
            ("币别", "currency", "rmb"),
            ("逾期天数", "", "days"),
            ("业务员", "", "clerk_zh"),
        ),
        encoding="gbk",
        above=("应收账款明细表",),
        total="合计",
        sums=("发票金额", "已收金额", "未收余额"),
    ),
    Layout(
        "12_aged_receivables.xlsx",
        "receivables",
        (
            ("Customer No", "customer_id", "account"),
            ("Customer Name", "customer_name", "company_en"),
            ("Document No", "invoice_no", "invoice"),
            ("Your Ref", "order_no", "order"),
            ("Doc Date", "issued_at", "day_date"),
            ("Due", "due_at", "later_date"),
            ("Gross", "total", "total"),
            ("Outstanding", "amount", "open"),
            ("Ccy", "currency", "currency"),
            ("Ageing/Not due", "", "money"),
            ("Ageing/1-30", "", "money"),
            ("Ageing/31-60", "", "money"),
            ("Ageing/> 60", "", "empty"),
        ),
        above=("Aged receivables, demo data", "As at 31 December 2025"),
        total="Grand total",
        sums=("Gross", "Outstanding"),
        groups="Customer No",
        subtotal="Subtotal",
    ),
)
