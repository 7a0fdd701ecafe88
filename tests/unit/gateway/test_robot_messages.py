"""Messages of robots: signatures as documented, words that do no harm, and bounds."""

from hypothesis import given
from hypothesis import strategies as st

from mainspring.gateway.adapters.robot import _markdown, harmless, signature

DINGTALK = "hmPWwU+7lVdm3ZZz0r9tSfx0L4Q26jWOZr9+Gs6EZQM="
FEISHU = "l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8="
TEXT = st.text(max_size=200)


def test_signatures_of_known_messages() -> None:
    """Reckoned apart from this code, with the openssl command line."""
    stamp, sign = signature("dingtalk", "this is secret", 1577262236.757)
    assert (stamp, sign) == ("1577262236757", DINGTALK)
    stamp, sign = signature("feishu", "demo", 1599360473)
    assert (stamp, sign) == ("1599360473", FEISHU)


@given(TEXT)
def test_no_text_forms_a_link_a_mention_or_a_second_line(text: str) -> None:
    assert not set(harmless(text)) & set("<>[]`*#\n\r")
    assert len(harmless(text)) == len(text)


@given(TEXT, st.lists(st.tuples(TEXT, st.just("")), max_size=30), st.integers(900, 4096))
def test_a_message_keeps_within_its_bytes(title: str, lines: list[tuple[str, str]], most: int) -> None:
    assert len(_markdown(title, lines, most).encode()) <= max(most, len(f"### {title}".encode()))
