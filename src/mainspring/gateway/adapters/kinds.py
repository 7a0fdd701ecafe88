"""The kinds of services: for each what its configuration holds, what speaks to it, what operations it has.

The libraries behind some of them are large (MCP, SOAP, databases); each is loaded when it is used.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from mainspring.gateway.adapters.port import Adapter, Ports
from mainspring.gateway.described import Described
from mainspring.gateway.errors import RegistryError

Found = tuple[BaseModel, tuple[Described, ...]]


class Kind(NamedTuple):
    """A kind of service.

    Attributes:
        config: the model of its configuration.
        adapter: makes what speaks to it.
        discover: gives its operations; for some kinds from a document.
    """

    config: type[BaseModel]
    adapter: Callable[[Any, Ports], Adapter]
    discover: Callable[[Any, Ports, bytes | None], Found]


def _simple(discover: Callable[[Any, Ports], tuple[Described, ...]]) -> Callable[..., Found]:
    return lambda config, ports, _: (config, discover(config, ports))


def _plain(module: str, config: str, adapter: str) -> Callable[[], Kind]:
    """A kind whose operations are told by its configuration or by the service itself."""

    def load() -> Kind:
        found = import_module(f"mainspring.gateway.adapters.{module}")
        return Kind(getattr(found, config), getattr(found, adapter), _simple(found.discover))

    return load


def _openapi() -> Kind:
    from mainspring.gateway.adapters import openapi

    def from_document(config: openapi.OpenApiConfig, ports: Ports, document: bytes | None) -> Found:
        if document is not None:
            read = openapi.parsed(document, "the document")
        elif config.document_url:
            read = openapi.fetched(config, ports)
        else:
            raise RegistryError("no document was given", mend="Give a file or the address of one.")
        where = config.document_url or "the document"
        base = config.base_url or openapi.base_url(read, config.document_url)
        if not base.startswith(("http://", "https://")):
            said = "the document does not say where the service is"
            raise RegistryError(said, where=where, mend="Give its base address.")
        return config.model_copy(update={"base_url": base}), openapi.described(read, where)

    return Kind(openapi.OpenApiConfig, openapi.OpenApi, from_document)


KINDS: Mapping[str, Callable[[], Kind]] = {
    "openapi": _openapi,
    "http": _plain("http", "HttpConfig", "Http"),
    "mcp": _plain("mcp", "McpConfig", "Mcp"),
    "sql": _plain("sql", "SqlConfig", "Sql"),
    "soap": _plain("soap", "SoapConfig", "Soap"),
    "mail": _plain("mail", "MailConfig", "Mail"),
    "robot": _plain("robot", "RobotConfig", "Robot"),
    "webhook": _plain("webhook", "HookConfig", "Webhook"),
    "files": _plain("files", "FilesConfig", "Files"),
}
"""How each kind is loaded."""


def configured(kind: str, config: Mapping[str, Any]) -> BaseModel:
    """The configuration of a service, checked.

    Raises:
        RegistryError: there is no such kind, or the configuration is not as it has it.
    """
    if kind not in KINDS:
        raise RegistryError(f"there is no kind {kind}", mend=f"One of {', '.join(KINDS)}.")
    try:
        return KINDS[kind]().config.model_validate(config)
    except ValidationError as error:
        said = "; ".join(
            f"{'.'.join(map(str, fault['loc'])) or 'configuration'}: {fault['msg']}"
            for fault in error.errors(include_url=False, include_input=False, include_context=False)
        )
        raise RegistryError(said, where=f"{kind} configuration", mend="Correct the fields named.") from None


def build(kind: str, config: Mapping[str, Any], ports: Ports) -> Adapter:
    """What speaks to a service."""
    return KINDS[kind]().adapter(configured(kind, config), ports)


def discover(
    kind: str, config: Mapping[str, Any], ports: Ports, document: bytes | None = None
) -> tuple[dict[str, Any], tuple[Described, ...]]:
    """The configuration completed, and the operations that the service has.

    Raises:
        RegistryError: the configuration or the document is wrong.
        GatewayError: the service was asked and did not answer.
    """
    found, operations = KINDS[kind]().discover(configured(kind, config), ports, document)
    return found.model_dump(mode="python"), operations
