"""What a match rests on and what makes it doubtful, in words."""

from collections.abc import Iterable

from mainspring.agents.skills.match.align import Alignment
from mainspring.agents.skills.match.index import Entry
from mainspring.agents.skills.match.model import Alternative


def evidence(best: Alignment, entry: Entry) -> Iterable[str]:
    """What a match rests on: the nearest wording, what was read as what, what is missing on either side."""
    yield f'nearest wording "{entry.text}"'
    for written, meant in best.read_as:
        yield f'"{written}" read as "{meant}"'
    if best.missing_words:
        yield f"not in the text: {', '.join(best.missing_words)}"
    if best.extra_words:
        yield f"not in the wording: {', '.join(best.extra_words)}"


def doubt(best: Alignment, rival: Alignment | None, alternatives: tuple[Alternative, ...]) -> str:
    """Why a match is not sure."""
    if rival and best.score - rival.score < 0.05 and len(alternatives) > 1:  # noqa: PLR2004 - scores this near are a tie to a reader
        return f"{alternatives[0].sku} and {alternatives[1].sku} fit about equally well"
    if best.extra_words:
        return f"the nearest wording lacks {', '.join(best.extra_words)}"
    if best.missing_words:
        return f"the text lacks {', '.join(best.missing_words)}"
    return "the words are only alike"
