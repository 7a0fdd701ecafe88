"""What columns are called in exports of accounting programs, in English and Chinese, by what they hold.

Words are compared folded (`guess.fold`): case, brackets and punctuation do not count. What the books have no
use for is named too, so that it is not taken for something else.
"""

CUSTOMER_ID = (
    "customer id|customer no|customer number|customer code|cust id|cust no|account ref|"
    "account no|account code|client id|client no|client code|debtor no|debtor code|"
    "buyer code|kundennummer|customer|客户编码|客户编号|客户代码|客户号|往来单位编码|"
    "往来单位编号|单位编号|客商编码|买家编号|客户"
)
CUSTOMER_NAME = (
    "customer name|customer|company|company name|client|client name|account name|debtor|"
    "debtor name|buyer|buyer name|sold to|bill to name|name|客户名称|客户全称|客户简称|"
    "客户全名|往来单位|往来单位名称|单位名称|单位全名|公司名称|购货单位|购买方名称|买家|"
    "买方|客户|名称"
)
SKU = (
    "sku|item no|item number|item code|item id|item|article|article no|article number|"
    "product code|product no|product id|part no|part number|stock code|material|"
    "material no|model no|商品编码|商品编号|商品代码|货号|存货编码|存货编号|产品编码|"
    "产品编号|产品代码|物料编码|物料编号|物料代码|物料号|料号|款号|型号编码"
)
PRODUCT_NAME = (
    "item name|product name|product|article name|article text|description|item description|"
    "product description|name|title|品名|商品名称|商品全名|存货名称|产品名称|物料名称|"
    "货品名称|货物名称|名称"
)
UNIT = "unit|uom|u m|unit of measure|base unit|sales unit|单位|计量单位|基本单位|主计量单位|"
"销售单位|主单位"
CURRENCY = "currency|currency code|curr|ccy|cur|币种|币别|货币|结算币种|原币币种"
CONTACT = "contact|contact person|contact name|attn|attention|first name|联系人|首要联系人|"
"负责人|联系人姓名"
PHONE = (
    "phone|telephone|tel|mobile|cell|phone number|telephone no|mobile no|电话|手机|手机号|"
    "手机号码|联系电话|电话号码|固定电话|移动电话|联系方式"
)
EMAIL = "email|e mail|email address|e mail address|mail|main email|邮箱|电子邮箱|电子邮件|邮件|"
"邮箱地址"
TAX_ID = (
    "tax id|tax no|tax number|tax reg no|vat no|vat id|vat number|vat reg no|"
    "vat registration no|gst no|eori|税号|纳税人识别号|统一社会信用代码|纳税号|纳税识别号|"
    "信用代码|税务登记号"
)
COUNTRY = "country|country code|ctry|country region|nation|国家|国家地区|国别|国家代码"
CITY = "city|town|place|city town|城市|所在城市|市|地区|所在地区|区域"
ADDRESS = (
    "address|street|street address|address 1|address line 1|billing address|bill to|"
    "postal address|地址|详细地址|联系地址|公司地址|通讯地址|收货地址|办公地址|单位地址"
)
DAYS = (
    "payment terms|payment terms days|terms|payment days|net days|credit days|"
    "credit period|due days|账期|账期天|付款期限|信用期|信用期限|收款期限|结算期限|"
    "付款天数|信用天数|付款条件|收款条件"
)
INVOICE_NO = (
    "invoice|invoice no|invoice number|inv no|document no|document number|doc no|bill no|"
    "reference no|voucher no|num|发票号|发票号码|发票编号|单据编号|单据号|单号|票号|凭证号"
)
INVOICE_DAY = (
    "invoice date|date|doc date|document date|issue date|issued|bill date|posting date|"
    "开票日期|发票日期|单据日期|日期|业务日期|记账日期"
)
ORDER_NO = (
    "order no|order number|order|sales order|so number|so no|po number|po no|customer po|"
    "purchase order|your ref|your reference|order ref|订单号|订单编号|销售订单号|"
    "客户订单号|合同号|单据编号|单据号|单号|来源单号"
)
ORDER_DAY = "order date|so date|date|document date|created|ordered on|单据日期|下单日期|订单日期|"
"订货日期|日期|制单日期"
QUANTITY = (
    "quantity|qty|ordered|qty ordered|ordered qty|order quantity|order qty|pieces|数量|"
    "订货数量|订单数量|销售数量|订购数量|下单数量"
)
DELIVERED = (
    "delivered|shipped|qty shipped|qty delivered|shipped qty|delivered qty|invoiced qty|"
    "已发数量|已发货数量|已交数量|已出库数量|已出数量|累计发货数量|已交货数量"
)
UNIT_PRICE = (
    "unit price|price|net price|rate|sales price|price per unit|unit net|单价|不含税单价|"
    "无税单价|售价|销售单价|价格|含税单价|协议价|客户价"
)
LISTED = (
    "sales price|selling price|list price|price|unit price|retail price|wholesale price|"
    "standard price|rrp|批发价|零售价|销售价|售价|标准售价|参考售价|单价|目录价|销售单价|"
    "预设售价|建议零售价"
)
COST = (
    "cost|unit cost|standard cost|purchase price|purchase cost|buying price|last cost|"
    "average cost|cost price|成本|成本价|单位成本|参考成本|进价|参考进价|采购价|最近进价|"
    "最近采购价|计划成本|预设进价"
)
AMOUNT = (
    "outstanding|open amount|balance|open balance|amount due|balance due|amount open|"
    "remaining|unpaid|未收余额|未收金额|余额|欠款|欠款金额|应收余额|未核销金额|未结金额|"
    "尚欠金额|期末余额|未收款"
)
ON_HAND = (
    "on hand|qty on hand|quantity on hand|stock|stock on hand|physical stock|in stock|"
    "available stock|closing qty|closing stock|closing balance quantity|quantity|qty|"
    "inventory|库存|库存数量|现存量|结存数量|期末结存数量|期末数量|期末库存|实际库存|"
    "账面数量|当前库存|可用库存|数量|库存量|结存"
)
IGNORED = (
    "notes|note|remark|remarks|comment|comments|memo|created by|salesperson|sales rep|rep|"
    "clerk|buyer|owner|balance|amount|line total|ext amount|extended amount|total amount|"
    "value|stock value|line|line no|row|no|seq|barcode|ean|upc|gtin|hs code|commodity code|"
    "brand|weight|net weight|gross weight|volume|cbm|cbm carton|cbm per carton|dimensions|"
    "reorder level|reorder point|min stock|max stock|safety stock|reserved|allocated|"
    "qty reserved|bin|bin location|location|warehouse|store|shelf|last count|last counted|"
    "last changed|modified|updated|created|date opened|date created|opened|days overdue|"
    "overdue days|ageing|aging|not due|current|1 30|31 60|61 90|over 90|fax|website|web|"
    "postcode|zip|zip code|state|province|county|bank|bank name|due date|delivery date|"
    "ship date|requested date|requested ship date|promised date|backorder|back order|"
    "open qty|remaining qty|tax|tax amount|vat|tax rate|discount|image|picture|"
    "opening balance|opening quantity|received|issued|opening stock|received quantity|"
    "issued quantity|account|purchase account|sales account|助记码|拼音码|备注|说明|业务员|"
    "经手人|制单人|审核人|操作员|销售员|采购员|部门|职员|金额|价税合计|税额|总额|合计金额|"
    "期末结存金额|条码|条形码|国际条码|品牌|产地|重量|毛重|净重|体积|海关编码|商品编码hs|"
    "库存下限|库存上限|安全库存|最低库存|最高库存|仓库|仓库名称|仓位|货位|库位|"
    "期初结存数量|期初数量|期初结存金额|期初金额|本期收入数量|本期收入金额|本期入库数量|"
    "本期发出数量|本期发出金额|本期出库数量|收入数量|发出数量|收入金额|发出金额|结存金额|"
    "期末金额|结存单价|单位成本金额|未发数量|未发货数量|未交数量|交货日期|要求交货日期|"
    "发货日期|税率|逾期天数|账龄|超期天数|开户行|开户银行|传真|网址|邮编|省份|创建日期|"
    "建档日期|修改日期|打印日期|行号|序号|占用数量|预留数量|锁定数量|折扣|图片"
)
