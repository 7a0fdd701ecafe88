"""Questions in wordings of no list are understood, and what cannot be said is refused with the reason."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.integration.asking.conftest import Asks

from mainspring.app.asking.ask import ANSWERS
from mainspring.app.asking.vocabulary import grammar, layer_of
from mainspring.packs.lead_to_cash import pack

ROOT = Path(__file__).resolve().parents[3]
WORDINGS: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (ROOT / "tests" / "data" / "asked" / "wordings.yaml").read_text("utf-8")
)
DOCUMENT = (ROOT / "docs" / "copilot.md").read_text("utf-8")
LANGUAGES = ("en", "zh")


def each(part: str) -> list[Any]:
    return [
        pytest.param(one, one[language], id=f"{language}-{one[language]}")
        for one in WORDINGS[part]
        for language in LANGUAGES
    ]


@pytest.mark.parametrize(("one", "text"), each("figures"))
def test_a_figure_is_understood_as_metric_dimensions_filters_and_period(
    asks: Asks, one: dict[str, Any], text: str
) -> None:
    answer = asks(text)
    assert answer.answered, answer.sentence
    plan = answer.plan
    assert plan is not None
    said: dict[str, Any] = {"metric": plan.metric, "by": list(plan.by)}
    said |= {"filters": {name: list(values) for name, values in plan.filters.items()}}
    said |= {"top": plan.top, "aggregation": plan.aggregation}
    names: dict[str, Any] = {"by": [], "filters": {}, "top": None, "aggregation": None} | one
    assert said == {name: names[name] for name in said}
    period = plan.period
    if "period" not in one:
        assert period is None
    elif "/" in one["period"]:
        assert period is not None
        assert f"{period.since}/{period.until}" == one["period"]
    else:
        assert period is not None
        assert (period.until - period.since).days in range(28, 32)
    assert answer.understood


@pytest.mark.parametrize(("one", "text"), each("kinds"))
def test_every_kind_of_question_is_answered(asks: Asks, one: dict[str, Any], text: str) -> None:
    answer = asks(text, about=one.get("about", ""))
    assert answer.kind == one["kind"], answer.sentence
    assert answer.answered, answer.sentence


@pytest.mark.parametrize(("one", "text"), each("refused"))
def test_what_cannot_be_said_is_refused_with_what_comes_near(
    asks: Asks, one: dict[str, Any], text: str
) -> None:
    answer = asks(text)
    assert not answer.answered, f"{answer.understood}: {answer.sentence}"
    assert not answer.rows
    assert not answer.bars
    assert not answer.proposals
    assert answer.nearest


def test_each_kind_has_a_wording_of_its_own_and_somebody_who_answers() -> None:
    kinds = {kind.id for kind in grammar().kinds}
    assert kinds == ANSWERS.keys()
    assert kinds == {one["kind"] for one in WORDINGS["kinds"]}
    assert len(kinds) >= 40


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_document_lists_every_kind_and_figure_and_none_of_the_wordings(language: str) -> None:
    for kind in grammar().kinds:
        assert f"| {getattr(kind, language)} |" in DOCUMENT
    for metric in layer_of(pack.read().semantic).metrics.values():
        assert f"| {metric.title[language]} |" in DOCUMENT
    for part in WORDINGS.values():
        for one in part:
            assert not one[language] or f"| {one[language]} |" not in DOCUMENT


@pytest.mark.parametrize("kind", grammar().kinds, ids=lambda kind: str(kind.id))
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_of_the_document_are_understood(asks: Asks, kind: Any, language: str) -> None:
    about = next((one for one in ("task", "case") if one in kind.of and kind.screen), "")
    assert asks(getattr(kind, language), about=about).kind == kind.id
