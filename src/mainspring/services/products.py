"""Products: what we sell, in which unit, at which list price, cost and tax rate."""

from collections.abc import Iterable, Sequence

from pydantic import Field
from sqlalchemy import func, or_, select

from mainspring.services import books
from mainspring.services.customers import Page, Saved
from mainspring.services.errors import UnknownRecordError
from mainspring.services.fields import Code, Currency, Name, Price, Quantity, Rate, Text
from mainspring.services.operation import Context, Data, Operation
from mainspring.services.rows import Record
from mainspring.services.tables.goods import products
from mainspring.store import Tx


class Product(Data):
    """A product's record; prices are per unit, net, in its currency."""

    sku: Code
    name: Name
    name_zh: Text = ""
    description: Text = ""
    category: Text = ""
    unit: Text = "pcs"
    pack_size: Quantity = Field(default=1, validate_default=True)
    currency: Currency = "EUR"
    list_price: Price | None = None
    cost: Price | None = None
    tax_rate: Rate = Field(default=0, validate_default=True)
    active: bool = True


class ProductQuery(Data):
    """Words that must all occur in the article number, name, Chinese name or description."""

    words: Name
    limit: int = Field(default=20, ge=1, le=200)


class ProductKeys(Data):
    """Which products."""

    skus: tuple[Code, ...] = Field(max_length=10_000)


class Products(Data):
    """Products found, and the article numbers that are unknown."""

    products: tuple[Product, ...]
    unknown: tuple[str, ...] = ()


def record(row: Record) -> Product:
    """The product of a row."""
    return Product.model_construct(**{name: getattr(row, name) for name in Product.model_fields})


def save(context: Context, records: Iterable[Product]) -> int:
    """Insert or overwrite products; gives the number of new ones."""
    rows = [one.model_dump() | {"changed_at": context.now} for one in records]
    return books.save_many(context.tx, products, "sku", rows)


def need_all(tx: Tx, skus: Sequence[str]) -> dict[str, Record]:
    """The products' rows by article number, in one statement.

    Raises:
        UnknownRecordError: names the article numbers that are not in the books.
    """
    found = books.by_key(tx, products, "sku", skus)
    missing = sorted(set(skus) - found.keys())
    if missing:
        raise UnknownRecordError(
            f"there is no product {', '.join(missing)} in the books",
            mend="Match the line to a product first.",
        )
    return found


def _search(context: Context, query: ProductQuery) -> Products:
    p = products.c
    texts = (p.sku, p.name, p.name_zh, p.description)
    conditions = [
        or_(*(func.lower(text).contains(word, autoescape=True) for text in texts))
        for word in query.words.lower().split()
    ]
    rows = context.tx.all(
        select(products)
        .where(p.tenant_id == context.tx.tenant, p.active.is_(True), *conditions)
        .order_by(func.length(p.name), p.sku)
        .limit(query.limit)
    )
    return Products(products=tuple(record(row) for row in rows))


def _get(context: Context, keys: ProductKeys) -> Products:
    found = books.by_key(context.tx, products, "sku", keys.skus)
    return Products(
        products=tuple(record(found[sku]) for sku in dict.fromkeys(keys.skus) if sku in found),
        unknown=tuple(sku for sku in dict.fromkeys(keys.skus) if sku not in found),
    )


def _list(context: Context, page: Page) -> Products:
    p = products.c
    rows = context.tx.all(
        select(products)
        .where(p.tenant_id == context.tx.tenant, p.sku > page.after)
        .order_by(p.sku)
        .limit(page.limit)
    )
    return Products(products=tuple(record(row) for row in rows))


def _save(context: Context, product: Product) -> Saved:
    return Saved(key=product.sku, created=bool(save(context, [product])))


OPERATIONS = (
    Operation(
        name="products.search",
        title={"en": "Search products", "zh": "搜索产品"},
        effect="read",
        input=ProductQuery,
        output=Products,
        handler=_search,
        idempotent=True,
        cacheable=True,
    ),
    Operation(
        name="products.get",
        title={"en": "Look at products", "zh": "查看产品"},
        effect="read",
        input=ProductKeys,
        output=Products,
        handler=_get,
        idempotent=True,
        cacheable=True,
    ),
    Operation(
        name="products.list",
        title={"en": "Go through the products", "zh": "浏览产品"},
        effect="read",
        input=Page,
        output=Products,
        handler=_list,
        idempotent=True,
    ),
    Operation(
        name="products.save",
        title={"en": "Record a product", "zh": "登记产品"},
        effect="write",
        input=Product,
        output=Saved,
        handler=_save,
        idempotent=True,
    ),
)
