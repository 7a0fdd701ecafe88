"""What specification and names of a product say together, and what a text repeats of it in other words."""

from mainspring.agents.skills import specification
from mainspring.agents.skills.match.align import Alignment, pardon
from mainspring.agents.skills.match.normalise import tokens
from mainspring.agents.skills.match.vocabulary import Vocabulary
from mainspring.agents.skills.specification import Specification


def merge(names: tuple[str, ...]) -> Specification:
    """All exact statements of a product's names, each once."""
    features = (feature for name in names for feature in specification.parse(name).features)
    return Specification(tuple({(feature.kind, feature.value): feature for feature in features}.values()))


def conflicts(text: Specification, wording: str, product: Specification | None) -> tuple[str, ...]:
    """Where the text contradicts the wording it was found by, or any name of the product."""
    return text.conflicts(specification.parse(wording)) or (text.conflicts(product) if product else ())


def repeated(
    text: Specification, wording: str, product: Specification | None, found: Alignment, vocabulary: Vocabulary
) -> None:
    """Pardon words on either side whose statement the other side makes in other words."""
    if not (found.extra_words or found.missing_words):
        return
    own = specification.parse(wording)
    theirs = own.statements | (product.statements if product else frozenset())
    said = {word for feature in text.features if feature[:2] in theirs for word in tokens(feature.text)}
    lacking = {
        word for feature in own.features if feature[:2] in text.statements for word in tokens(feature.text)
    }
    pardon(found, said, lacking, vocabulary)
