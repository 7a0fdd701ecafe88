"""What a caller may read as resources: models of processes and decisions, cases, tasks, documents."""

import base64
import re
from collections.abc import Callable
from typing import Any, NamedTuple

import mcp_types as mcp

from mainspring.base import jsonio
from mainspring.gateway import Caller
from mainspring.runtime import NotFound, queries
from mainspring.web.access import Visitor
from mainspring.web.mcp.house_tools import case_of, decisions_of, task_of

SCHEME = "mainspring://"
ANYTHING = "*"
MOST_KEY_DIGITS = 19


class Content(NamedTuple):
    """What a resource holds: text, or bytes."""

    media_type: str
    data: str | bytes

    def shown(self, uri: str) -> mcp.TextResourceContents | mcp.BlobResourceContents:
        """As the protocol carries it."""
        if isinstance(self.data, str):
            return mcp.TextResourceContents(uri=uri, mime_type=self.media_type, text=self.data)
        blob = base64.b64encode(self.data).decode()
        return mcp.BlobResourceContents(uri=uri, mime_type=self.media_type, blob=blob)


class Template(NamedTuple):
    """A family of resources: its address with a place for an id, the permission it needs, its reader."""

    uri: str
    name: str
    media_type: str
    permission: str
    read: Callable[[Visitor, str], Content]

    def id_in(self, uri: str) -> str | None:
        """The id in an address of this family; None for any other address."""
        before, _, after = self.uri.partition("{id}")
        match = re.fullmatch(re.escape(before) + r"([^/?#{}\s]{1,200})" + re.escape(after), uri)
        return match[1] if match else None


def _process(visitor: Visitor, process_id: str) -> Content:
    with visitor.house.store.read() as tx:
        found = queries.deployed(tx, kind="process", definition_id=process_id)
        if not found or not visitor.may("see", process_id):
            raise NotFound(
                f"there is no process {process_id!r}", mend="process_list lists those you may see."
            )
        return Content("application/xml", queries.source(tx, found[0].key).decode())


def _decision(visitor: Visitor, decision_id: str) -> Content:
    key = decisions_of(visitor).get(decision_id)
    if key is None:
        raise NotFound(f"there is no decision {decision_id!r}", mend="decision_list lists them.")
    with visitor.house.store.read() as tx:
        return Content("application/xml", queries.source(tx, key).decode())


def _case(visitor: Visitor, key: str) -> Content:
    return Content("application/json", jsonio.dumps(case_of(visitor, _key(key))).decode())


def _task(visitor: Visitor, key: str) -> Content:
    return Content("application/json", jsonio.dumps(task_of(visitor, _key(key))).decode())


def _document(visitor: Visitor, inquiry_no: str) -> Content:
    """The document as it arrived; through the gateway, so that it is permitted and recorded like any call."""
    house = visitor.house
    found: Any = house.gateway.perform(
        house.store, Caller(visitor.principal), "inquiries.document", {"inquiry_no": inquiry_no}
    )
    return Content(found.media_type, base64.b64decode(found.content))


def _key(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > MOST_KEY_DIGITS or int(text) >= 2**63:
        raise NotFound(f"{text!r} is no key", mend="Keys are whole numbers.")
    return int(text)


TEMPLATES: tuple[Template, ...] = (
    Template(f"{SCHEME}processes/{{id}}", "Model of a process (BPMN)", "application/xml", "see", _process),
    Template(f"{SCHEME}decisions/{{id}}", "Model of a decision (DMN)", "application/xml", "see", _decision),
    Template(f"{SCHEME}cases/{{id}}", "A case", "application/json", "see", _case),
    Template(f"{SCHEME}tasks/{{id}}", "An open task", "application/json", "do_task", _task),
    Template(
        f"{SCHEME}documents/{{id}}",
        "The document of an inquiry",
        "application/octet-stream",
        "call",
        _document,
    ),
)


def listed(visitor: Visitor, scopes: frozenset[str]) -> list[mcp.Resource]:
    """The models that this visitor may read; cases, tasks and documents are found by their templates."""
    if not scopes & {"see", ANYTHING}:
        return []
    with visitor.house.store.read() as tx:
        processes = [one.id for one in queries.deployed(tx, kind="process") if visitor.may("see", one.id)]
        sees = visitor.may_at_all(tx, "see")
    decisions = sorted(decisions_of(visitor)) if sees else []
    return [
        mcp.Resource(uri=f"{SCHEME}{family}/{name}", name=name, mime_type="application/xml")
        for family, names in (("processes", processes), ("decisions", decisions))
        for name in names
    ]


def templates(
    families: tuple[Template, ...], visitor: Visitor, scopes: frozenset[str]
) -> list[mcp.ResourceTemplate]:
    """The families of resources that this visitor may read."""
    return [
        mcp.ResourceTemplate(uri_template=one.uri, name=one.name, mime_type=one.media_type)
        for one in families
        if _allowed(visitor, scopes, one)
    ]


def read(families: tuple[Template, ...], visitor: Visitor, scopes: frozenset[str], uri: str) -> Content:
    """The resource at this address.

    Raises:
        NotFound: there is none, or none for this visitor.
    """
    for template in families:
        name = template.id_in(uri)
        if name is not None and _allowed(visitor, scopes, template):
            return template.read(visitor, name)
    raise NotFound(f"there is no resource {uri[:200]!r}", mend="resources/list and its templates name them.")


def _allowed(visitor: Visitor, scopes: frozenset[str], template: Template) -> bool:
    if not scopes & {template.permission, ANYTHING}:
        return False
    if template.permission == "call":
        return any(
            each.name == "inquiries.document" for each in visitor.house.gateway.operations(visitor.principal)
        )
    with visitor.house.store.read() as tx:
        return visitor.may_at_all(tx, template.permission)
