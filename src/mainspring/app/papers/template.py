"""What a firm decides about its papers: a YAML text of plain values, kept as a company text, never code."""

from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from mainspring.app.customer import firm
from mainspring.app.errors import SetUpError
from mainspring.app.house import House
from mainspring.app.papers.paper import Kind
from mainspring.gateway.errors import Denied
from mainspring.govern import company_texts
from mainspring.govern.principal import Principal
from mainspring.govern.resources import COMPANY
from mainspring.store import Tx

NAME = "papers"
MOST = 50_000
"""Characters of a template."""
_Line = Annotated[str, Field(max_length=300)]
_STRICT = ConfigDict(frozen=True, extra="forbid")


class Seller(BaseModel):
    """Who hands the papers out; the name is the firm's where it is left empty."""

    model_config = _STRICT

    name: _Line = ""
    street: _Line = ""
    city: _Line = ""
    postcode: _Line = ""
    country: Annotated[str, Field(pattern="^([A-Z]{2})?$")] = ""
    tax_id: _Line = ""
    registration: _Line = ""
    email: _Line = ""
    phone: _Line = ""
    iban: _Line = ""
    bic: _Line = ""
    bank: _Line = ""


class Wording(BaseModel):
    """A text in both languages."""

    model_config = _STRICT

    en: Annotated[str, Field(max_length=2000)] = ""
    zh: Annotated[str, Field(max_length=2000)] = ""


class Template(BaseModel):
    """The look and the standing words of all papers.

    Attributes:
        colour: of the title and the rule, as RRGGBB.
        head: lines beside the logo; empty: made of the seller's address.
        notes: under the sums of a kind of paper.
        hide: columns that are not shown.
        zero_tax: the category of EN 16931 of lines without tax, and why (needed for E, G, K, O and AE).
    """

    model_config = _STRICT

    seller: Seller = Seller()
    colour: Annotated[str, Field(pattern="^[0-9A-Fa-f]{6}$")] = "1F3A5F"
    head: Annotated[tuple[_Line, ...], Field(max_length=8)] = ()
    foot: Wording = Wording()
    notes: dict[Kind, Wording] = Field(default_factory=dict)
    hide: frozenset[Literal["sku", "unit", "tax_rate"]] = frozenset()
    zero_tax: Literal["Z", "E", "G", "K", "O", "AE"] = "Z"
    zero_tax_reason: _Line = ""

    def lines(self) -> tuple[str, ...]:
        """The lines beside the logo."""
        own = self.seller
        town = " ".join(filter(None, (own.postcode, own.city, own.country)))
        made = (own.street, town, own.phone, own.email, own.tax_id)
        return self.head or tuple(filter(None, made))

    def bank(self) -> str:
        """Where to pay, on one line; empty when no account is given."""
        return " · ".join(filter(None, (self.seller.bank, self.seller.iban, self.seller.bic)))


EXAMPLE = """\
# Every key may be left out. Texts are plain text; nothing in them is run.
seller:
  name: ""           # the firm's name where it is empty
  street: ""
  postcode: ""
  city: ""
  country: ""        # two letters, such as CN or DE; the electronic invoice needs it
  tax_id: ""
  phone: ""
  email: ""
  bank: ""
  iban: ""           # or the number of the account
  bic: ""
colour: "1F3A5F"
foot: {en: "", zh: ""}
notes: {}            # by kind, such as {invoice: {en: "Thank you", zh: "谢谢"}}
hide: []             # of: sku, unit, tax_rate
zero_tax: Z          # lines without tax: Z, E, G, K, O or AE as in EN 16931
zero_tax_reason: ""  # needed for all but Z
"""


def read(text: str) -> Template:
    """A template from its text.

    Raises:
        SetUpError: it is too long, no YAML, or says something that a template cannot; names where.
    """
    if len(text) > MOST:
        raise SetUpError(f"the template has more than {MOST} characters", where=NAME, mend="Shorten it.")
    try:
        given: Any = yaml.safe_load(text) or {}
        return Template.model_validate(given)
    except yaml.YAMLError as error:
        raise SetUpError(f"no YAML: {error}", where=NAME, mend="Mend the line that is named.") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or NAME
        mend = "Start from `mainspring papers template`."
        raise SetUpError(f"the template is not usable: {first['msg']}", where=where, mend=mend) from None


def text_of(tx: Tx) -> str:
    """The text in force; without one of the firm's own, the one to start from."""
    own = company_texts.newest(tx, NAME)
    return EXAMPLE if own is None else own.text


def in_force(tx: Tx) -> Template:
    """The template in force, with the firm's name where it names none."""
    return named(tx, read(text_of(tx)))


def named(tx: Tx, look: Template) -> Template:
    """A template with the firm's name where it names none."""
    if look.seller.name:
        return look
    return look.model_copy(update={"seller": look.seller.model_copy(update={"name": firm.firm(tx).name})})


def written(look: Template) -> str:
    """A template as text, for one that was filled in on the screen."""
    return yaml.safe_dump(look.model_dump(mode="json"), allow_unicode=True, sort_keys=False)


def put(house: House, text: str, by: Principal) -> int:
    """Put a template in force and give its number; earlier ones stay, and the act is evidence.

    Raises:
        SetUpError: the text is no template.
        Denied: this person may not: the account that customers pay to stands in it.
    """
    decision = house.policies.decide(by, "deploy", COMPANY)
    if not decision.allowed:
        raise Denied(
            f"{by.id} may not change papers: {decision.because}",
            mend="Ask whoever looks after the policies.",
        )
    read(text)
    with house.store.write() as tx:
        return company_texts.put(tx, NAME, text, by=by, now=house.clock()).number
