"""SOAP services (zeep): the operations of a WSDL, with everything it loads going through the egress."""

import logging
import threading
from collections.abc import Mapping
from functools import partial
from typing import Any, Literal

from lxml import etree
from pydantic import Field
from zeep import Client, Settings
from zeep.exceptions import Error, Fault, TransportError
from zeep.helpers import serialize_object
from zeep.transports import Transport

from mainspring.gateway.adapters.port import Config, Ports
from mainspring.gateway.adapters.soap_schema import of_message, to_soap
from mainspring.gateway.adapters.sql_values import to_json
from mainspring.gateway.described import Described, titled, unique, verb
from mainspring.gateway.egress import Egress, Reach
from mainspring.gateway.errors import GatewayError, RegistryError, UpstreamRefused, UpstreamUnavailable
from mainspring.gateway.outgoing import Sending

_FAULT = 500
_SAID = 300


class SoapConfig(Config):
    """A SOAP service.

    Attributes:
        wsdl: the address of its description.
        address: where to call it, when that is not what the description says.
        reads: names of operations that change nothing.
    """

    wsdl: str
    address: str = ""
    reads: tuple[str, ...] = ()
    kind: Literal["soap"] = Field(default="soap", exclude=True)


class Soap:
    """Speaks to one SOAP service."""

    def __init__(self, config: SoapConfig, ports: Ports) -> None:
        self._config = config
        urls = [one for one in (config.wsdl, config.address) if one]
        self._transport = _Checked(ports.egress, config.reach(*urls))
        self._client: Client | None = None
        self._lock = threading.Lock()

    def send(self, operation: Described, arguments: Any, sending: Sending) -> Any:
        """Call an operation."""
        del sending
        binding = operation.binding
        try:
            client = self.client()
            port = client.wsdl.services[binding["service"]].ports[binding["port"]]
            address = self._config.address or port.binding_options["address"]
            proxy = client.create_service(str(port.binding.name), address)  # type: ignore[no-untyped-call]
            result = getattr(proxy, binding["operation"])(**to_soap(arguments))
        except Fault as error:
            words = " ".join(str(error.message or "no reason given").split())[:_SAID]
            raise UpstreamRefused(
                f"the service answered with a fault: {words}", where=operation.name
            ) from None
        except GatewayError:
            raise
        except TransportError as error:
            said = f"it answered {error.status_code}"
            raise UpstreamUnavailable(said, where=operation.name) from None
        except (Error, etree.XMLSyntaxError) as error:
            said = f"the service and its description do not agree ({type(error).__name__})"
            raise UpstreamRefused(said, where=operation.name, mend="Check the arguments.") from None
        except (TypeError, ValueError) as error:
            raise UpstreamRefused(
                f"the arguments do not fit: {error}"[:_SAID], where=operation.name
            ) from None
        value = to_json(serialize_object(result, dict))  # type: ignore[no-untyped-call]
        return value if isinstance(value, Mapping) else {"result": value}

    def client(self) -> Client:
        """The client, which reads the description when it is first needed.

        Raises:
            RegistryError: the description cannot be read.
        """
        with self._lock:
            if self._client is None:
                settings = Settings(forbid_dtd=True, forbid_entities=True, force_https=False)
                try:
                    self._client = Client(self._config.wsdl, transport=self._transport, settings=settings)  # type: ignore[no-untyped-call]
                except GatewayError:
                    raise
                except (Error, etree.LxmlError, ValueError, KeyError, AttributeError, OSError) as error:
                    said = f"the description cannot be read ({type(error).__name__})"
                    raise RegistryError(said, where=self._config.wsdl) from None
            return self._client

    def check(self) -> str:
        """Read the description anew."""
        self._transport.load(self._config.wsdl)
        return "its description is there"

    def close(self) -> None:
        """The egress keeps the connections."""


class _Checked(Transport):
    """zeep's transport on the egress; nothing else of the network or the disk is within its reach."""

    def __init__(self, egress: Egress, reach: Reach) -> None:
        self.cache = None
        self._close_session = False
        self.logger = logging.getLogger(__name__)
        self.operation_timeout = reach.seconds
        self._egress = egress
        self._reach = reach

    def load(self, url: str) -> bytes:
        """A description or a schema."""
        answer = self._egress.request(self._reach, "GET", url)
        if answer.status >= 400:  # noqa: PLR2004 - HTTP
            raise UpstreamUnavailable(f"it answered {answer.status}", where=url.partition("?")[0])
        return answer.content

    def post(self, address: str, message: bytes, headers: Mapping[str, str]) -> Any:
        """A message."""
        answer = self._egress.request(self._reach, "POST", address, headers=headers, content=message)
        return _Response(answer.status, answer.headers, answer.content)

    def get(self, address: str, params: Any, headers: Mapping[str, str]) -> Any:
        """A message in an address."""
        answer = self._egress.request(self._reach, "GET", address, params=params, headers=headers)
        return _Response(answer.status, answer.headers, answer.content)


class _Response:
    """An answer as zeep reads it."""

    encoding = "utf-8"

    def __init__(self, status: int, headers: Mapping[str, str], content: bytes) -> None:
        self.status_code = status
        self.headers = _AnyCase(headers)
        self.content = content
        self.text = content.decode("utf-8", "replace")


class _AnyCase(dict[str, str]):
    """Headers that are found in any case."""

    def get(self, name: str, default: Any = None) -> Any:
        return super().get(name.lower(), default)


def discover(config: SoapConfig, ports: Ports) -> tuple[Described, ...]:
    """Every operation of every port; a name that several ports share is taken once."""
    client = Soap(config, ports).client()
    found: dict[str, partial[Described]] = {}
    for service in client.wsdl.services.values():
        for port in service.ports.values():
            for operation in port.binding._operations.values():  # noqa: SLF001 - zeep has no other list
                place = {"service": service.name, "port": port.name, "operation": operation.name}
                if operation.name not in found:
                    found[operation.name] = partial(_described, operation, place, config)
    if not found:
        raise RegistryError("the description has no operation that can be called", where=config.wsdl)
    names = unique([verb(name) for name in found])
    return tuple(make(name) for make, name in zip(found.values(), names, strict=True))


def _described(operation: Any, place: Mapping[str, str], config: SoapConfig, name: str) -> Described:
    reads = operation.name in config.reads
    return Described(
        name=name,
        title=titled(operation.name),
        effect="read" if reads else "external",
        input=of_message(operation.input),
        output={},
        binding=dict(place),
        idempotent=reads,
        reversible=reads,
    )
