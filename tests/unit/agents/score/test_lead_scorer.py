"""Lead scores with their reasons."""

import json
import math
import random
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainspring.agents.skills.score import LeadScorer, ScoreError
from mainspring.agents.skills.score.features import facts, learn_layout

SOURCES = ("fair", "web", "cold call")


def leads(count: int = 200) -> tuple[list[dict[str, Any]], list[bool]]:
    rng = random.Random(7)  # noqa: S311 - made-up rows, seeded on purpose
    rows: list[dict[str, Any]] = []
    outcomes: list[bool] = []
    for _ in range(count):
        source, visits = rng.choice(SOURCES), rng.randint(0, 20)
        rows.append(
            {"source": source, "visits": visits, "message": rng.choice(("quote please", "just looking"))}
        )
        outcomes.append(rng.random() < (0.8 if source == "fair" else 0.2) * (0.4 + visits / 20))
    return rows, outcomes


@pytest.fixture(scope="module")
def scorer() -> LeadScorer:
    return LeadScorer.train(*leads())


def test_a_lead_like_the_good_ones_scores_higher(scorer: LeadScorer) -> None:
    good = scorer.score({"source": "fair", "visits": 18, "message": "quote please"})
    poor = scorer.score({"source": "cold call", "visits": 0, "message": "just looking"})
    assert good.value > 0.6
    assert poor.value < 0.3
    assert (good.confidence, poor.confidence) == (good.value, 1.0 - poor.value)


def test_the_reasons_are_told_in_words(scorer: LeadScorer) -> None:
    score = scorer.score({"source": "fair", "visits": 18, "message": "quote please"})
    assert any(sentence.startswith("source is fair: raises the chance") for sentence in score.evidence)


def test_the_strongest_reason_comes_first(scorer: LeadScorer) -> None:
    weights = [abs(reason.contribution) for reason in scorer.score({"source": "fair", "visits": 3}).reasons]
    assert weights == sorted(weights, reverse=True)


def test_a_saved_scorer_scores_the_same(scorer: LeadScorer) -> None:
    row = {"source": "web", "visits": Decimal(7), "message": "quote please"}
    assert LeadScorer.from_json(scorer.to_json()).score(row) == scorer.score(row)


def test_what_was_never_seen_is_named(scorer: LeadScorer) -> None:
    assert "never seen in training" in scorer.score({"source": "pigeon", "visits": 3}).evidence[-1]


@given(
    st.dictionaries(
        st.sampled_from(["source", "visits", "message", "other"]),
        st.one_of(st.none(), st.text(max_size=20), st.integers(), st.booleans(), st.floats(allow_nan=False)),
    )
)
def test_any_row_gets_a_probability(row: dict[str, Any]) -> None:
    score = LeadScorer.train(*leads(40)).score(row)
    assert 0.0 <= score.value <= 1.0
    assert score.confidence >= 0.5


def test_the_average_of_scores_is_the_share_of_good_outcomes(scorer: LeadScorer) -> None:
    rows, outcomes = leads()
    mean = sum(scorer.score(row).value for row in rows) / len(rows)
    assert math.isclose(mean, sum(outcomes) / len(outcomes), abs_tol=0.01)


def test_a_column_that_is_ignored_does_not_count() -> None:
    rows, outcomes = leads()
    blind = LeadScorer.train(rows, outcomes, ignore=["source"])
    one, two = ({"source": source, "visits": 4, "message": "quote please"} for source in ("fair", "web"))
    assert blind.score(one).value == blind.score(two).value


@pytest.mark.parametrize(
    ("rows", "outcomes", "wrong"),
    [
        ([{"a": 1}, {"a": 2}], [True, True], "all outcomes are the same"),
        ([], [], "all outcomes are the same"),
        ([{"a": 1}], [True, False], "1 rows but 2 outcomes"),
    ],
)
def test_rows_that_teach_nothing_are_refused(
    rows: list[dict[str, Any]], outcomes: list[bool], wrong: str
) -> None:
    with pytest.raises(ScoreError, match=wrong):
        LeadScorer.train(rows, outcomes)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"form": "other"}', json.dumps({"form": None})])
def test_what_is_no_saved_scorer_is_refused(text: str) -> None:
    with pytest.raises(ScoreError):
        LeadScorer.from_json(text)


def test_columns_are_read_by_what_they_hold() -> None:
    rows = [
        {
            "visits": str(n),
            "source": SOURCES[n % 3],
            "text": f"we need {'bolts' if n % 2 else 'nuts'} for job{n} {'abcdefghij'[n % 10] * 4}{n}",
        }
        for n in range(200)
    ]
    assert [column.kind for column in learn_layout(rows).columns] == ["number", "category", "text"]


def test_a_number_says_its_band_and_a_missing_cell_says_so() -> None:
    column = learn_layout([{"visits": n} for n in range(100)]).columns[0]
    assert facts(column, 10_000)[0].startswith("visits from ")
    assert facts(column, -5)[0].startswith("visits under ")
    assert facts(column, "Select") == ("visits is (missing)",)
    assert facts(column, "many") == ("visits is (missing)",)
