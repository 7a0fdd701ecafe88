"""Reading and writing models."""

import pytest
from lxml import etree

from mainspring import bpmn
from mainspring.base.errors import UnsafeInputError
from mainspring.testing.drawings import Drawing, extend

FOREIGN = b"""<?xml version="1.0"?>
<b:definitions xmlns:b="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:x="urn:foreign" id="d"
  targetNamespace="t" x:tool="other">
  <!-- kept -->
  <b:process id="p" isExecutable="true"><b:extensionElements><x:y z="1">text</x:y></b:extensionElements>
  </b:process>
</b:definitions>"""


def test_a_model_is_written_as_it_was_read() -> None:
    written = bpmn.write(bpmn.read(FOREIGN, "foreign.bpmn"))
    before, after = (etree.tostring(etree.fromstring(data), method="c14n2") for data in (FOREIGN, written))
    assert before == after


def test_elements_are_found_by_id_whatever_the_prefix() -> None:
    model = bpmn.read(FOREIGN, "foreign.bpmn")
    found = model.find("b:p")
    assert found is not None
    assert (found.type, found.flag("isExecutable"), found.line) == ("process", True, 5)
    assert [process.id for process in model.processes] == ["p"]


def test_zeebe_extensions_are_told_from_foreign_ones() -> None:
    drawing = Drawing()
    drawing.job(
        "work",
        extensions='<zeebe:properties><zeebe:property name="gene.role" value="clerk"/></zeebe:properties>',
    )
    model = bpmn.read(drawing.xml())
    task = model.by_id["work"]
    definition = task.extension("taskDefinition")
    assert definition is not None
    assert definition.get("type") == "work"
    assert model.processes[0].element.extension("y") is None


def test_global_tasks_are_processes_that_may_be_called() -> None:
    drawing = Drawing()
    drawing.top(f'<globalTask id="g" name="G">{extend("")}</globalTask>')
    assert [process.id for process in bpmn.read(drawing.xml()).processes] == ["g", "p"]


def test_another_xml_document_is_refused_by_name() -> None:
    with pytest.raises(bpmn.ModelError, match=r"sheet\.xml.*not BPMN"):
        bpmn.read(b"<workbook/>", "sheet.xml")


def test_a_doctype_is_refused() -> None:
    with pytest.raises(UnsafeInputError, match="DOCTYPE"):
        bpmn.read(b'<!DOCTYPE d [<!ENTITY a "b">]><d/>', "attack.bpmn")


def test_deeply_nested_subprocesses_are_refused_quickly() -> None:
    drawing = Drawing()
    inner = "<subProcess>" * 500 + "</subProcess>" * 500
    drawing.node("subProcess", "outer", inner)
    with pytest.raises(UnsafeInputError, match="deep"):
        bpmn.read(drawing.xml(), "deep.bpmn")
