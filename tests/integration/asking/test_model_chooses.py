"""With a model: it chooses among the figures of the layer, and whatever else it answers is refused."""

import json
from collections.abc import Iterator

import pytest
from tests.integration.asking.conftest import Asks

from mainspring.agents.models import Profile
from mainspring.app.asking.by_model import PROFILE
from mainspring.app.house import House
from mainspring.testing.model_endpoint import ModelEndpoint, Says, Status

STRANGE = "How is business with our friends abroad?"


@pytest.fixture
def answering(company: House) -> Iterator[ModelEndpoint]:
    with ModelEndpoint([Says("{}")]) as endpoint:
        profile = Profile(base_url=endpoint.base_url, model="fake", networks=("127.0.0.0/8",))
        company.models = {PROFILE: profile}
        yield endpoint
        company.models = {}


def says(**values: object) -> list[Says | Status]:
    return [Says(json.dumps(values))]


def test_a_model_reads_what_the_grammar_cannot(asks: Asks, answering: ModelEndpoint) -> None:
    answering.script[:] = says(fits=True, metric="revenue", by=["country"])
    answer = asks(STRANGE)
    assert answer.answered
    assert answer.source == PROFILE
    assert answer.rows == asks("Revenue by country").rows


def test_the_model_is_told_the_question_and_no_figure(asks: Asks, answering: ModelEndpoint) -> None:
    answering.script[:] = says(fits=False)
    asks(STRANGE)
    assert "friends abroad" in answering.heard
    assert "Maschinenbau" not in answering.heard


def test_a_model_is_not_asked_where_the_grammar_understands(asks: Asks, answering: ModelEndpoint) -> None:
    assert asks("Revenue by country").source == "grammar"
    assert answering.received == []


@pytest.mark.parametrize(
    "values",
    [
        {"fits": False},
        {"fits": True, "metric": "profit"},
        {"fits": True, "metric": "revenue", "by": ["channel"]},
        {"fits": True, "metric": "revenue", "filters": {"country": ["XX"]}},
        {"fits": True, "metric": "revenue", "sql": "select 1"},
        {"fits": True, "metric": "penetration", "aggregation": "max"},
        {"fits": True},
    ],
)
def test_what_is_not_in_the_layer_is_refused(
    asks: Asks, answering: ModelEndpoint, values: dict[str, object]
) -> None:
    answering.script[:] = says(**values)
    answer = asks(STRANGE)
    assert not answer.answered
    assert answer.unknown


def test_a_model_that_is_down_leaves_the_refusal(asks: Asks, answering: ModelEndpoint) -> None:
    answering.script[:] = [Status(500)]
    assert not asks(STRANGE).answered


def test_a_model_sees_no_more_than_who_asks(asks: Asks, answering: ModelEndpoint) -> None:
    answering.script[:] = says(fits=True, metric="revenue")
    answer = asks(STRANGE, "sales-1")
    assert not answer.answered
    assert answer.sentence.startswith("You may not see that")
