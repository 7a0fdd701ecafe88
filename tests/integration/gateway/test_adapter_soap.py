"""SOAP services behind the gateway: a WSDL on loopback, calls, faults, and what its XML may not do."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from tests.integration.gateway.outside import HERE, Outward
from tests.integration.gateway.upstream import Asked, Upstream

from mainspring.gateway import ArgumentsInvalid
from mainspring.gateway.egress import EgressRefused
from mainspring.gateway.errors import GatewayError, RegistryError, UpstreamRefused, UpstreamUnavailable
from mainspring.store import open_store

WSDL = """<?xml version="1.0"?>
<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
    xmlns:t="urn:stock" xmlns:x="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:stock" name="Stock">
  <types><x:schema targetNamespace="urn:stock" elementFormDefault="qualified">{more}
    <x:complexType name="Line"><x:sequence>
      <x:element name="sku" type="x:string"/><x:element name="quantity" type="x:int"/>
      <x:element name="price" type="x:decimal" minOccurs="0"/></x:sequence></x:complexType>
    <x:element name="Reserve"><x:complexType><x:sequence>
      <x:element name="order" type="x:string"/>
      <x:element name="lines" type="t:Line" maxOccurs="unbounded"/></x:sequence></x:complexType></x:element>
    <x:element name="ReserveResponse"><x:complexType><x:sequence>
      <x:element name="total" type="x:decimal"/><x:element name="day" type="x:date"/>
      </x:sequence></x:complexType></x:element>
  </x:schema></types>
  <message name="In"><part name="parameters" element="t:Reserve"/></message>
  <message name="Out"><part name="parameters" element="t:ReserveResponse"/></message>
  <portType name="P"><operation name="Reserve"><input message="t:In"/><output message="t:Out"/>
    </operation></portType>
  <binding name="B" type="t:P"><soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
    <operation name="Reserve"><soap:operation soapAction="urn:reserve"/>
      <input><soap:body use="literal"/></input><output><soap:body use="literal"/></output>
    </operation></binding>
  <service name="Stock"><port name="Main" binding="t:B"><soap:address location="{address}"/></port></service>
</definitions>"""
ENVELOPE = '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>{}</s:Body></s:Envelope>'
ANSWER = '<ReserveResponse xmlns="urn:stock"><total>12.50</total><day>2026-11-21</day></ReserveResponse>'
FAULT = "<s:Fault><faultcode>s:Client</faultcode><faultstring>no such sku</faultstring></s:Fault>"
ORDER = {
    "order": "7",
    "lines": [{"sku": "M8", "quantity": 2}, {"sku": "M6", "quantity": 1, "price": Decimal("0.5")}],
}


class Stock:
    """The service; what it answers may be turned."""

    def __init__(self, upstream: Upstream) -> None:
        self.more = ""
        self.body = ANSWER
        self.status = 200
        self.upstream = upstream
        self.address = f"{upstream.url}/soap"
        upstream.answer = self.answer

    def answer(self, asked: Asked) -> tuple[int, dict[str, str], bytes]:
        xml = {"content-type": "text/xml; charset=utf-8"}
        if asked.method == "GET":
            return 200, xml, WSDL.format(more=self.more, address=self.address).encode()
        return self.status, xml, ENVELOPE.format(self.body).encode()


@pytest.fixture
def stock() -> Iterator[Stock]:
    server = Upstream()
    yield Stock(server)
    server.close()


@pytest.fixture
def house() -> Iterator[Outward]:
    store = open_store("sqlite://", "soap")
    made = Outward(store)
    yield made
    made.close()
    store.close()


def register(house: Outward, stock: Stock, **more: Any) -> Any:
    return house.register("soap", {"wsdl": f"{stock.upstream.url}/?wsdl", "networks": HERE} | more)


def test_an_operation_is_called_and_answers_in_json(house: Outward, stock: Stock) -> None:
    (found,) = register(house, stock)
    assert found.name == "reserve"
    assert house.call("crm.reserve", ORDER).root == {"total": Decimal("12.50"), "day": "2026-11-21"}
    sent = stock.upstream.asked[-1].body
    assert b">M8<" in sent
    assert b">0.5<" in sent


@pytest.mark.parametrize(
    "arguments", [{}, ORDER | {"more": 1}, ORDER | {"lines": [{"sku": "M8", "quantity": "2"}]}]
)
def test_arguments_are_held_to_the_types_of_the_description(
    house: Outward, stock: Stock, arguments: Any
) -> None:
    register(house, stock)
    with pytest.raises(ArgumentsInvalid):
        house.call("crm.reserve", arguments)


def test_a_fault_is_a_refusal_in_words(house: Outward, stock: Stock) -> None:
    register(house, stock)
    stock.status, stock.body = 500, FAULT
    with pytest.raises(UpstreamRefused, match="no such sku"):
        house.call("crm.reserve", ORDER)


def test_a_service_that_is_no_soap_is_told(house: Outward, stock: Stock) -> None:
    register(house, stock)
    stock.upstream.answer = lambda _: (503, {"content-type": "text/html"}, b"<html>")
    with pytest.raises((UpstreamUnavailable, UpstreamRefused)):
        house.call("crm.reserve", ORDER)


@pytest.mark.parametrize(
    "location", ["file:///etc/hostname", "http://169.254.169.254/x.xsd", "http://127.0.0.1:1/x.xsd"]
)
def test_a_description_loads_nothing_from_out_of_reach(house: Outward, stock: Stock, location: str) -> None:
    stock.more = f'<x:import namespace="urn:o" schemaLocation="{location}"/>'
    with pytest.raises((EgressRefused, RegistryError)):
        register(house, stock)


def test_a_description_with_a_document_type_is_refused(house: Outward, stock: Stock) -> None:
    plain = stock.answer

    def with_entity(asked: Asked) -> tuple[int, dict[str, str], bytes]:
        status, headers, body = plain(asked)
        evil = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
        return status, headers, body.replace(b'<?xml version="1.0"?>', evil)

    stock.upstream.answer = with_entity
    with pytest.raises(RegistryError):
        register(house, stock)


def test_an_address_in_the_description_does_not_widen_the_reach(house: Outward, stock: Stock) -> None:
    stock.address = "http://127.0.0.1:1/elsewhere"
    register(house, stock)
    with pytest.raises(GatewayError, match="not among the places"):
        house.call("crm.reserve", ORDER)
    register(house, stock, address=f"{stock.upstream.url}/soap")
    assert house.call("crm.reserve", ORDER).root["day"] == "2026-11-21"
