"""Setting a house up: the company as it calls itself, and its people from a spreadsheet.

The company is a text of its own (`govern.company_texts`), so earlier versions stay
and each change is in the evidence.
"""

import base64
import binascii
import re
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from mainspring.app.errors import DocumentRefused, QuestionUnfit
from mainspring.app.house import House
from mainspring.app.mail import account
from mainspring.govern import company_texts
from mainspring.govern.principal import Principal
from mainspring.knowledge import documents
from mainspring.runtime import queries
from mainspring.store import Tx

COMPANY = "company"
MOST_LOGO_BYTES = 200_000
_LOGO = re.compile(r"data:(image/png|image/jpeg);base64,([A-Za-z0-9+/]+=*)")
_BEGINS = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
_ID = re.compile(r"[A-Za-z0-9._@-]{1,64}")
_HEADINGS: Mapping[str, frozenset[str]] = {
    "id": frozenset({"id", "user", "login", "account", "账号", "工号", "用户名", "编号"}),
    "name": frozenset({"name", "full name", "person", "employee", "姓名", "名字", "员工"}),
    "email": frozenset({"email", "e-mail", "mail", "邮箱", "电子邮箱", "邮件"}),
    "role": frozenset({"role", "roles", "角色", "岗位", "权限"}),
}
_ROLES: Mapping[str, frozenset[str]] = {
    "worker": frozenset({"", "worker", "员工", "业务员", "经办人"}),
    "approver": frozenset({"approver", "manager", "审批人", "经理", "主管"}),
    "process_owner": frozenset({"process_owner", "process owner", "流程负责人"}),
    "administrator": frozenset({"administrator", "admin", "管理员"}),
    "auditor": frozenset({"auditor", "审计", "审计员"}),
}
"""What people call the roles that a small firm begins with; nobody named has none of them but `worker`."""


class Company(BaseModel):
    """The company: name, language, usual currency, and its logo as a data address or ""."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(default="", max_length=200)
    language: Literal["en", "zh"] = "en"
    currency: str = Field(default="EUR", pattern="^[A-Z]{3}$")
    logo: str = Field(default="", max_length=MOST_LOGO_BYTES * 4 // 3 + 64)


class Begun(NamedTuple):
    """How far a house is set up: the company, its version (0: nothing kept), what else there is."""

    number: int
    company: Company
    first_run: bool
    mailbox: str
    models: tuple[str, ...]


class Row(NamedTuple):
    """A person in a spreadsheet, with what stands against adding them."""

    line: int
    id: str
    name: str
    email: str
    role: str
    problem: str


def company_of(tx: Tx) -> Company | None:
    """The company as it was kept last; None before."""
    found = company_texts.newest(tx, COMPANY)
    return None if found is None else Company.model_validate_json(found.text)


def begun(house: House) -> Begun:
    """How far the house is set up. First run: nothing is kept, and no case was begun."""
    with house.store.read() as tx:
        found = company_texts.newest(tx, COMPANY)
        worked = bool(queries.instances(tx, limit=1))
        mailbox = account.settings_of(tx).service
    company = Company() if found is None else Company.model_validate_json(found.text)
    number = 0 if found is None else found.number
    return Begun(number, company, number == 0 and not worked, mailbox, tuple(sorted(house.models)))


def keep(house: House, company: Company, by: Principal) -> Begun:
    """Keep the company; the same again makes no new version.

    Raises:
        QuestionUnfit: the logo is no PNG or JPEG picture, or too large.
    """
    if company.logo:
        logo_of(company)
    with house.store.write() as tx:
        if company_of(tx) != company:
            company_texts.put(tx, COMPANY, company.model_dump_json(), by=by, now=house.clock())
    return begun(house)


def logo_of(company: Company) -> tuple[bytes, str]:
    """The logo's bytes and media type.

    Raises:
        QuestionUnfit: it is no PNG or JPEG picture, or too large.
    """
    said = f"the logo must be a PNG or JPEG picture of at most {MOST_LOGO_BYTES // 1000} kB"
    fault = QuestionUnfit(said, where="logo", mend="Choose another file.")
    match = _LOGO.fullmatch(company.logo)
    if match is None:
        raise fault
    try:
        content = base64.b64decode(match[2], validate=True)
    except binascii.Error:
        raise fault from None
    if len(content) > MOST_LOGO_BYTES or not content.startswith(_BEGINS[match[1]]):
        raise fault
    return content, match[1]


def people_in(content: bytes, name: str) -> list[Row]:
    """The people that a spreadsheet lists; nothing is kept.

    Raises:
        DocumentError: it cannot be read.
        DocumentRefused: no row of it has a heading for names.
    """
    for block in documents.read(content, name).blocks:
        for place, cells in enumerate(block.rows):
            columns = _columns(cells)
            if "name" in columns:
                below = enumerate(block.rows[place + 1 :], place + 2)
                return [_row(line, columns, row) for line, row in below if any(map(str.strip, row))]
    raise DocumentRefused(
        "no row has a heading such as Name", where=name, mend="Head the columns: Id, Name, E-mail, Role."
    )


def _columns(cells: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        for field, words in _HEADINGS.items():
            if cell.strip().lower() in words:
                found.setdefault(field, place)
    return found


def _row(line: int, columns: Mapping[str, int], cells: Sequence[str]) -> Row:
    said = {field: cells[place].strip() if place < len(cells) else "" for field, place in columns.items()}
    email = said.get("email", "")
    person = said.get("id") or email.partition("@")[0]
    asked = said.get("role", "").lower()
    role = next((one for one, words in _ROLES.items() if asked in words), "")
    problem = ""
    if not said["name"]:
        problem = "name"
    elif not _ID.fullmatch(person):
        problem = "id"
    elif not role:
        problem = "role"
    return Row(line, person, said["name"], email, role, problem)
