"""A definition as text: read back as it was written, and each fault at its line."""

from decimal import Decimal

import pytest
import yaml

from mainspring.agents import definition_text
from mainspring.agents.definition import AgentDefinition
from mainspring.packs.lead_to_cash import pack

CLERK = """\
id: clerk
title: {en: Clerk, zh: 文员}
kind: task
instructions: Write.
operations:
  - quotes.get
  - quotes.create
duties:
  write:
    skill: write
    alone_from: 0.9
    review: {group: sales, form: review_quote, title: {en: Look, zh: 看}}
"""


def found(text: str) -> list[tuple[int, str]]:
    _, problems = definition_text.parsed(text)
    return [(one.line, one.field) for one in definition_text.located(text, problems)]


@pytest.mark.parametrize("agent", pack.read().agents, ids=lambda agent: agent.id)
def test_what_was_written_is_read_back_the_same(agent: AgentDefinition) -> None:
    text = definition_text.written(agent)
    assert definition_text.parsed(text) == (agent, [])


def test_a_text_is_written_as_a_person_would() -> None:
    agent, _ = definition_text.parsed(CLERK)
    assert agent is not None
    duty = agent.duties["write"].model_copy(update={"risk_target": Decimal("0.02")})
    text = definition_text.written(agent.model_copy(update={"version": 3, "duties": {"write": duty}}))
    assert "version: 3\n" in text
    assert "title:\n  en: Clerk\n  zh: 文员\n" in text
    assert "    risk_target: 0.02\n" in text
    assert "audit_share" not in text, "what stands as it is by default is left out"


def test_each_fault_is_at_the_line_that_names_it() -> None:
    text = CLERK.replace("0.9", "9").replace("kind: task", "kind: chief")
    assert found(text) == [(3, "kind"), (11, "duties.write.alone_from")]


def test_a_fault_of_the_whole_is_at_its_beginning() -> None:
    assert found(CLERK.replace("zh: 文员", "de: Amtmann")) == [(1, "")]


def test_what_is_missing_or_not_known_is_told_where_it_should_stand() -> None:
    assert found(CLERK.replace("    skill: write\n", "")) == [(9, "duties.write.skill")]
    assert found(CLERK + "salary: 3\n") == [(13, "salary")]
    assert found(CLERK.replace("form: review_quote, ", "")) == [(12, "duties.write.review.form")]


def test_an_item_of_a_list_is_found_by_its_number() -> None:
    _, problems = definition_text.parsed(CLERK)
    assert problems == []
    placed = definition_text.located(CLERK, [definition_text.Problem(("operations", 1), "not granted")])
    assert [(one.line, one.field) for one in placed] == [(7, "operations.1")]


def test_a_check_that_is_no_feel_is_found() -> None:
    bad = '    verify: [{must: "total >", doubt: too much}]\n'
    assert found(CLERK + bad) == [(13, "duties.write.verify.0.must")]


def test_a_text_that_is_no_yaml_says_where_it_stops() -> None:
    with pytest.raises(yaml.YAMLError) as caught:
        definition_text.parsed(CLERK + "  wrong\n: [\n")
    finding = definition_text.not_yaml(caught.value)
    assert finding.line >= 13
    assert finding.message.startswith("not valid YAML")


@pytest.mark.parametrize("text", ["", "- a list", "17"])
def test_a_text_that_holds_no_fields_has_one_finding(text: str) -> None:
    assert found(text) == [(1, "")]
