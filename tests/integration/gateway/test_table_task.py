"""A drawn process writes a row of a table that people made and reads it back, through the gateway."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from mainspring.app.house import House, open_house
from mainspring.app.tables.calls import call
from mainspring.engine.events import SYSTEM
from mainspring.govern.principal import Principal
from mainspring.govern.tables import calls
from mainspring.runtime import queries

OWNER = Principal("person", "owner", frozenset({"worker"}))
MODEL = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="urn:t">
  <bpmn:process id="visit" isExecutable="true">
    <bpmn:startEvent id="s"/><bpmn:sequenceFlow id="f" sourceRef="s" targetRef="write"/>
    <bpmn:serviceTask id="write" name="Note the visit">
      <bpmn:extensionElements>
        <zeebe:taskDefinition type="mainspring:table"/>
        <zeebe:ioMapping>
          <zeebe:input source="{operation}" target="operation"/>
          <zeebe:input source="={{sheet: &quot;visits&quot;, rows: [{{Place: place, Guests: guests}}]}}"
           target="arguments"/>
        </zeebe:ioMapping>
        <zeebe:taskHeaders>
          <zeebe:header key="resultExpression" value="={{number: numbers[1]}}"/>
        </zeebe:taskHeaders>
      </bpmn:extensionElements>
    </bpmn:serviceTask>
    <bpmn:sequenceFlow id="g" sourceRef="write" targetRef="look"/>
    <bpmn:serviceTask id="look" name="Look who comes in numbers">
      <bpmn:extensionElements>
        <zeebe:taskDefinition type="mainspring:table"/>
        <zeebe:ioMapping>
          <zeebe:input source="window" target="operation"/>
          <zeebe:input source="={{sheet: &quot;visits&quot;, where: [
           {{field: &quot;Guests&quot;, like: &quot;more&quot;, value: &quot;10&quot;}}]}}"
           target="arguments"/>
        </zeebe:ioMapping>
        <zeebe:taskHeaders>
          <zeebe:header key="resultExpression" value="={{large: rows[1].cells.Place, many: total}}"/>
        </zeebe:taskHeaders>
      </bpmn:extensionElements>
    </bpmn:serviceTask>
    <bpmn:sequenceFlow id="h" sourceRef="look" targetRef="e"/><bpmn:endEvent id="e"/>
  </bpmn:process>
</bpmn:definitions>"""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = open_house(f"sqlite:///{tmp_path / 'house.db'}")
    fields = [{"name": "Place"}, {"name": "Guests", "sort": "number"}]
    call(opened, OWNER, "define", sheet="visits", title="Visits", fields=fields)
    call(opened, OWNER, "put", sheet="visits", rows=[{"Place": "South hall", "Guests": 7}])
    yield opened
    opened.close()


def run(house: House, guests: Any, operation: str = "put") -> int:
    house.runtime.deploy({"visit.bpmn": MODEL.format(operation=operation).encode()}, SYSTEM)
    given = {"place": "North hall", "guests": guests}
    instance = house.runtime.start("visit", given, actor=SYSTEM)
    worker = house.worker()
    while worker.run_once():
        pass
    return instance


def rows(house: House) -> list[dict[str, Any]]:
    return [one.cells for one in call(house, OWNER, "window", sheet="visits").rows]


def test_a_process_writes_a_row_and_reads_rows_that_meet_a_condition(house: House) -> None:
    instance = run(house, 70)
    assert [one["Place"] for one in rows(house)] == ["South hall", "North hall"]
    with house.store.read() as tx:
        found = dict(queries.variables(tx, instance))
        mine = calls.c.tenant_id == tx.tenant, calls.c.instance == instance
        query = select(calls.c.operation, calls.c.element).where(*mine).order_by(calls.c.position)
        made = [tuple(row) for row in tx.all(query)]
    assert (found["number"], found["large"], found["many"]) == (2, "North hall", 1)
    assert made == [("tables.put", "write"), ("tables.window", "look")]


def test_a_cell_that_is_not_of_its_type_stops_the_task_and_says_why(house: House) -> None:
    instance = run(house, "a crowd")
    with house.store.read() as tx:
        (incident,) = queries.incidents(tx, instance=instance)
    assert "Guests" in incident.message
    assert len(rows(house)) == 1


def test_a_task_may_not_define_or_steer_tables(house: House) -> None:
    instance = run(house, 70, "define")
    with house.store.read() as tx:
        (incident,) = queries.incidents(tx, instance=instance)
    assert "may get, window, put a table" in incident.message
