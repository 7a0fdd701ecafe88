"""A document is read once, and the least looked at is forgotten first."""

from mainspring.app.readings import Readings


def test_a_document_is_read_once() -> None:
    readings, read = Readings(), []
    for _ in range(2):
        assert readings.get("a", lambda: read.append("a") or "text") == "text"  # type: ignore[func-returns-value]
    assert read == ["a"]


def test_the_one_that_was_looked_at_longest_ago_is_forgotten() -> None:
    readings, read = Readings(most=2), []
    for digest in ("a", "b", "a", "c", "a", "b"):
        readings.get(digest, lambda digest=digest: read.append(digest))  # type: ignore[misc]
    assert read == ["a", "b", "c", "b"]
