"""What specification and names of a product say together, and what a text repeats of it in other words."""

import re
from decimal import Decimal
from typing import NamedTuple

from mainspring.agents.skills import specification
from mainspring.agents.skills.match.align import Alignment, leave_unsaid, pardon
from mainspring.agents.skills.match.normalise import has_digit, tokens
from mainspring.agents.skills.match.vocabulary import Vocabulary
from mainspring.agents.skills.specification import Conflict, Specification

# What a trader leaves out because it goes without saying; where it does not, a product without it is a rival.
_BY_DEFAULT = frozenset({"norm", "strength", "finish", "head", "drive", "thread run"})
_LEADING = re.compile(r"\d+(?:[.,]\d+)?")


class Known(NamedTuple):
    """What all names of a product say together: its exact statements and its words."""

    specification: Specification
    words: frozenset[str]


def describe(names: tuple[str, ...]) -> Known:
    """What the names of a product say together; numbers are left to the statements."""
    words = frozenset(word for name in names for word in tokens(name) if not has_digit(word))
    return Known(merge(names), words)


def merge(names: tuple[str, ...]) -> Specification:
    """All exact statements of a product's names, each once."""
    features = (feature for name in names for feature in specification.parse(name).features)
    return Specification(tuple({(feature.kind, feature.value): feature for feature in features}.values()))


def conflicts(text: Specification, wording: str, product: Known | None) -> tuple[Conflict, ...]:
    """Where the text contradicts the wording it was found by, or any name of the product."""
    return text.conflicts(specification.parse(wording)) or (
        text.conflicts(product.specification) if product else ()
    )


def repeated(
    text: Specification, wording: str, product: Known | None, found: Alignment, vocabulary: Vocabulary
) -> None:
    """Pardon words on either side whose statement the other side makes in other words."""
    if not (found.extra_words or found.missing_words):
        return
    own = specification.parse(wording)
    theirs = own.statements | (product.specification.statements if product else frozenset())
    said = {word for feature in text.features if feature[:2] in theirs for word in tokens(feature.text)}
    lacking = {
        word for feature in own.features if feature[:2] in text.statements for word in tokens(feature.text)
    }
    # Words of another name of the same product are no contradiction: "荧光笔 highlighter yellow".
    pardon(found, said | (product.words if product else frozenset()), lacking, vocabulary)
    _same_numbers(text, own, found, vocabulary)
    kinds = {feature.kind for feature in text.features}
    unsaid = {
        w for f in own.features if f.kind in _BY_DEFAULT and f.kind not in kinds for w in tokens(f.text)
    }
    leave_unsaid(found, unsaid, vocabulary)


def _same_numbers(text: Specification, own: Specification, found: Alignment, vocabulary: Vocabulary) -> None:
    """Pardon a bare number that the wording has with its unit: "welding wire 0.8" and "0.8 mm"."""
    for feature in text.features:
        if feature.kind != "number" or str(feature.value) not in found.extra_words:
            continue
        meant = [
            each for each in own.features if _LEADING.match(each.text) and _number(each.text) == feature.value
        ]
        if len(meant) == 1:
            pardon(found, {str(feature.value)}, set(tokens(meant[0].text)), vocabulary)


def _number(text: str) -> Decimal | None:
    figures = _LEADING.match(text)
    return Decimal(figures[0].replace(",", ".")) if figures else None
