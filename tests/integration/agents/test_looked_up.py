"""What an employee looks up: rows of the firm's own tables go with the prompt, and the draft says which."""

from pathlib import Path
from typing import Any

import pytest

from mainspring.agents import looking_up
from mainspring.agents.errors import AgentDefinitionError
from mainspring.app import employee_definition, models
from mainspring.app.opening import open_or_create
from mainspring.base.bilingual import told
from mainspring.services.tables.sheets import sheet_rows, sheets
from mainspring.store import Tx
from mainspring.testing.model_endpoint import ModelEndpoint, Says

ROWS = [
    {"Question": "When do parcels to Iceland arrive?", "Answer": "within nine days"},
    {"Question": "Which hinges fit door 44?", "Answer": "type K"},
    {"Question": "退货运费由谁承担", "Answer": "由我方承担"},
]


def table(tx: Tx, now: Any, name: str = "questions") -> None:
    """A table of questions and answers."""
    made = {"title": name, "fields": [], "views": [], "by": "ann", "created_at": now, "changed_at": now}
    tx.insert(sheets, {"sheet": name, **made})
    for number, cells in enumerate(ROWS, 1):
        tx.insert(sheet_rows, {"sheet": name, "row": number, "cells": cells, "changed_at": now})


def looking(office: Any, *tables: str) -> None:
    """The employee looks things up in these tables from now on, as the house lets it."""
    office.rows_of = models.rows_of
    office.agent = office.agent.model_copy(update={"knowledge": tables})
    office.roster.shipped["sorter"] = office.agent


def test_rows_that_a_case_speaks_of_go_with_the_prompt_and_are_named_in_the_evidence(
    thinking: Any, endpoint: ModelEndpoint
) -> None:
    endpoint.script = [Says('{"label": "bill", "confidence": 0.4}')]
    with thinking.store.write() as tx:
        table(tx, thinking.clock())
    looking(thinking, "questions", "gone")
    thinking.note("Dear all,\nHinges for my door?", 0.1)
    thinking.work()
    system, user = endpoint.received[0]["messages"]
    assert "type K" in user["content"]
    assert "type K" not in system["content"]
    assert "nine days" not in user["content"]
    (task,) = thinking.waiting()
    assert "looked up in questions: rows 2" in [told(one, "en") for one in task.payload["evidence"]]


def test_nothing_is_looked_up_where_no_row_speaks_of_the_case(thinking: Any, endpoint: ModelEndpoint) -> None:
    with thinking.store.write() as tx:
        table(tx, thinking.clock())
    looking(thinking, "questions")
    thinking.note("zzz", 0.1)
    thinking.work()
    assert "knowledge" not in endpoint.received[0]["messages"][1]["content"]


def test_the_likest_rows_come_first_in_any_language() -> None:
    rows = list(enumerate(ROWS))
    assert [number for number, _ in looking_up.nearest(rows, "请问退货的运费谁付")] == [2]
    found = looking_up.nearest(rows, "when do parcels arrive, and which door")
    assert [number for number, _ in found] == [0, 1]
    assert looking_up.nearest(rows, "") == []
    assert looking_up.nearest([(1, {"a": "–"})], "anything") == []


def test_a_table_that_is_not_there_is_refused_before_a_release(tmp_path: Path) -> None:
    house = open_or_create(f"sqlite:///{tmp_path}/house.db")
    with house.store.write() as tx:
        table(tx, house.clock())
        version = employee_definition.next_version(house, tx, "order_clerk")
    employee_definition.check(house, version.model_copy(update={"knowledge": ("questions",)}))
    with pytest.raises(AgentDefinitionError, match="there is no table answers") as caught:
        employee_definition.check(house, version.model_copy(update={"knowledge": ("questions", "answers")}))
    assert "questions" in caught.value.mend
    house.close()
