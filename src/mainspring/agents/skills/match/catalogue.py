"""The catalogue as the matcher knows it: names, confirmed wordings, and the decision on a text."""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from mainspring.agents.skills import specification
from mainspring.agents.skills.match import telling
from mainspring.agents.skills.match.align import Alignment, align, read
from mainspring.agents.skills.match.confidence import confidence, features
from mainspring.agents.skills.match.index import Entry, Index
from mainspring.agents.skills.match.memory import Confirmed, times
from mainspring.agents.skills.match.model import Alternative, Match, Product
from mainspring.agents.skills.match.normalise import has_digit, tokens, wording
from mainspring.agents.skills.match.profiles import Guess, Profiles
from mainspring.agents.skills.match.record import Record
from mainspring.agents.skills.match.specified import Known, conflicts, describe, repeated
from mainspring.agents.skills.specification import Specification
from mainspring.base.bilingual import both

ACCEPT = 0.95
Candidate = tuple[Alignment, Entry]
_CANDIDATES = 24
# A code as firms write it inside a text: it has a digit, and a hyphen or at least six signs.
_CODE = re.compile(r"(?=.*\d)(?:[A-Za-z0-9]+(?:[-/][A-Za-z0-9]+)+|[A-Za-z0-9]{6,})")
_SHOWN = 5
_CODE_GIVEN = 0.999
_SAME_WORDS = 0.99
_LIKELIER_THAN_NOT = 0.5
_MEMORY = ("wording", "wording of several")
_LIKELY = 0.8
"""Of the words alone, for telling apart how far they second a memory."""
_FEW = 2
"""Up to so many confirmations of a wording its words are asked, too: the one that matters may be left out."""
_WITH_FOREIGN = 0.9
"""Before their record, words are at most so sure where some of the text are none of the product's."""


class Catalogue:
    """Finds the product a text means.

    Args:
        products: what the firm sells; names are searched, and a product without names can still be learned.
        accept: confidence from which a match is taken without a person; below it `match` abstains.

    A text goes through four gates: the product's own code, a wording confirmed before (a dictionary lookup),
        the same words in another order, and likeness of words. Specifications are compared before any
        likeness counts. How far each kind of evidence is believed follows its record.
    """

    def __init__(self, products: Iterable[Product] = (), *, accept: float = ACCEPT) -> None:
        self.accept = accept
        self._codes: dict[str, str] = {}
        self._memory: dict[str, Confirmed] = {}
        self._index = Index()
        self._profiles = Profiles()
        self._understood: set[tuple[str, str]] = set()
        """Wording and product that the index has no need of."""
        self._record = Record()
        self._names: dict[str, tuple[str, ...]] = {}
        self._described: dict[str, Known] = {}
        for product in products:
            self.add(product)

    def __len__(self) -> int:
        return len(self._codes)

    def __contains__(self, sku: str) -> bool:
        return wording(sku) in self._codes

    def add(self, product: Product) -> None:
        """Add a product or further names of one."""
        self._codes[wording(product.sku)] = product.sku
        names = (*self._names.get(product.sku, ()), *product.names)
        self._names[product.sku] = tuple(dict.fromkeys(names))
        self._described[product.sku] = describe(self._names[product.sku])
        for name in product.names:
            self._remember(name, product.sku, 1, None)

    def judge(self, text: str, sku: str, *, customer: str | None = None) -> None:
        """Take in that a person said a new wording means `sku`: how far its evidence is believed follows.

        To be called before it is learned. History alone says nothing of this: in it a new wording is mostly
        that of a new product, which is no error of anybody.
        """
        if wording(text) not in self._memory:
            self._saw(text, sku, customer)

    def learn(self, text: str, sku: str, count: int = 1, *, customer: str | None = None) -> None:
        """Remember that `text` meant `sku`, confirmed by history or by a person `count` times.

        How far memory is believed follows from wordings that are known already.
        """
        key, words = wording(text), tokens(text)
        if key in self._memory:
            self._saw(text, sku, customer)
        if key not in self._memory:
            guess = self._profiles.guess(words)
            if guess and guess.sku == sku and guess.probability >= self.accept and not guess.foreign:
                self._understood.add((key, sku))  # no new way to call it
        self._remember(text, sku, count, customer)

    def _saw(self, text: str, sku: str, customer: str | None) -> None:
        found = self._found(text, customer)
        if found.kind and found.alternatives:
            self._record.saw(found.kind, found.confidence, right=found.alternatives[0].sku == sku)

    def _remember(self, text: str, sku: str, count: int, customer: str | None) -> None:
        if not (key := wording(text)):
            return
        known = self._memory.setdefault(key, Confirmed(text.strip()))
        if sku not in known.counts:
            self._codes.setdefault(wording(sku), sku)
            if (key, sku) not in self._understood:
                self._index.add(text, sku, 1)
        known.add(sku, count, customer)
        self._profiles.learn(tokens(text), sku, count)

    def forget(self, text: str, sku: str, count: int = 1, *, customer: str | None = None) -> None:
        """Take a confirmation back, such as a correction that was withdrawn."""
        key = wording(text)
        known = self._memory.get(key)
        if known is None or sku not in known.counts:
            return
        taken = min(count, known.counts[sku])
        known.remove(sku, count, customer)
        self._profiles.learn(tokens(text), sku, -taken)
        if sku not in known.counts:
            if (key, sku) in self._understood:
                self._understood.discard((key, sku))
            else:
                self._index.remove(text, sku, 1)
        if not known.counts:
            del self._memory[key]

    def match(
        self, text: str, *, code: str | None = None, unit: str | None = None, customer: str | None = None
    ) -> Match:
        """Which product `text` means.

        Args:
            text: the wording of a line, without its quantity.
            code: a product code the line gives beside its text, if any.
            unit: the unit of the quantity; words of packing such as "set" are weighed with the text.
            customer: who asks; decides wordings that meant several products by what this customer had.
        """
        if code and (sku := self._codes.get(wording(code))) is not None:
            return self._by_code(sku, code, text)
        return self._believed(self._found(text, customer, unit))

    def _believed(self, found: Match) -> Match:
        """The answer, as sure as the record of its kind of evidence lets it be."""
        sure = self._record.sure(found.kind, found.confidence) if found.kind else found.confidence
        if sure == found.confidence:
            return found
        first, *others = found.alternatives
        shown = (first._replace(confidence=sure), *others)
        if sure >= self.accept:
            return replace(
                found, sku=first.sku, confidence=sure, alternatives=shown, abstained=False, reason=""
            )
        reason = found.reason or telling.OFTEN_WRONG
        return replace(found, sku=None, confidence=sure, alternatives=shown, abstained=True, reason=reason)

    def _found(self, text: str, customer: str | None, unit: str | None = None) -> Match:
        """What the evidence says by itself."""
        known = self._memory.get(wording(text))
        if known is not None:
            found = self._remembered(known, customer)
            kind, often = _MEMORY[len(known.counts) > 1], known.counts.total() > _FEW
            return replace(found, kind=kind if often else self._seconded(kind, text, found))
        words = tokens(text)
        if unit and unit not in {"pcs", "pc", "ea"}:
            words = tuple(word for word in words if word != unit) or words
        if not words:
            return _abstain(telling.NAMES_NOTHING, ())
        if (sku := self._codes.get(wording(text))) is not None:
            return _decide((Alternative(sku, _CODE_GIVEN, text),), (telling.IS_THE_CODE,), self.accept)
        if (within := self._code_within(text)) is not None:
            return self._by_code(*within, text)
        return self._by_words(text, words)

    def _code_within(self, text: str) -> tuple[str, str] | None:
        """The one product whose code, or a number it is known by, stands among the words of the text."""
        found: dict[str, str] = {}
        for word in text.split():
            code = word.strip("()[],;:.#\"'")
            if not _CODE.fullmatch(code):
                continue
            key = wording(code)
            known = self._memory.get(key)
            sku = self._codes.get(key) or (
                next(iter(known.counts)) if known and len(known.counts) == 1 else None
            )
            if sku is not None:
                found[sku] = code
        return next(iter(found.items())) if len(found) == 1 else None

    def _by_code(self, sku: str, code: str, text: str) -> Match:
        evidence = (both("code {code} is {sku}", "编码 {code} 就是 {sku}", code=code, sku=sku),)
        found = self._memory.get(wording(text))
        if found is not None and sku not in found.counts:
            other = next(iter(found.counts))
            alternatives = (Alternative(sku, 0.5, code), Alternative(other, 0.5, found.text))
            why = both(
                "the code says {sku}, the text says {other}",
                "编码指向 {sku}，文字指向 {other}",
                sku=sku,
                other=other,
            )
            return _abstain(why, alternatives, evidence)
        against = self._described.get(sku)
        differences = specification.parse(text).conflicts(against.specification) if text and against else ()
        if differences:
            how = telling.differs(*differences[0])
            why = both("code and text differ: {how}", "编码与文字不符：{how}", how=how)
            return _abstain(why, (Alternative(sku, 0.5, code),), evidence)
        return _decide((Alternative(sku, _CODE_GIVEN, code),), evidence, self.accept)

    def _remembered(self, known: Confirmed, customer: str | None) -> Match:
        sku, sure, why = known.verdict(customer)
        if sure >= self.accept:
            return Match(sku, sure, (why,), (Alternative(sku, sure, known.text),), abstained=False, reason="")
        total = sum(known.counts.values())
        others = [
            Alternative(other, (1.0 - sure) * count / total, known.text)
            for other, count in known.counts.most_common(_SHOWN + 1)
            if other != sku
        ]
        several = both(
            "this wording meant {count} different products",
            "这个说法曾指 {count} 种不同商品",
            count=len(known.counts),
        )
        return _abstain(several, (Alternative(sku, sure, known.text), *others), (why,))

    def _by_words(self, text: str, words: tuple[str, ...]) -> Match:
        guess = self._profiles.guess(words)
        same = self._index.same_words(words)
        if len(same) == 1 and (sku := same[0].sku) is not None and (guess is None or guess.sku == sku):
            evidence = (both('the same words as "{text}"', "与“{text}”用词相同", text=same[0].text),)
            first = Alternative(sku, _SAME_WORDS, same[0].text)
            found = _decide((first,), evidence, self.accept)
            return replace(found, kind=self._seconded("same words", text, found))
        spec = specification.parse(text)
        if guess and self._doubtful(guess, spec):
            guess = None
        if guess and guess.probability >= self.accept and not guess.foreign:
            return replace(self._familiar(guess), kind="words")
        found = replace(self._nearest(spec, words), kind="likeness")
        return self._together(guess, found) if guess else found

    def _seconded(self, kind: str, text: str, found: Match) -> str:
        """The kind of evidence, told apart by what all that was confirmed of the words says of the same."""
        guess = self._profiles.guess(tokens(text))
        if guess is None or found.alternatives[0].sku != guess.sku:
            return f"{kind}, other words"
        if guess.foreign:
            return f"{kind}, foreign words"
        for least, words in ((self.accept, "sure"), (_LIKELY, "likely")):
            if guess.probability >= least:
                return f"{kind}, {words} words"
        return f"{kind}, unsure words"

    def _doubtful(self, guess: Guess, spec: Specification) -> bool:
        """Whether a figure in the text speaks against a product that its words were confirmed for."""
        described = self._described.get(guess.sku)
        return any(map(has_digit, guess.foreign)) or bool(
            described and spec.conflicts(described.specification)
        )

    def _familiar(self, guess: Guess) -> Match:
        evidence = (
            both(
                "its words were confirmed {times}",
                "其用词已确认 {times}",
                times=times(self._profiles.times(guess.sku)),
            ),
            *(telling.read_as(*each) for each in guess.read_as),
        )
        first = Alternative(guess.sku, guess.probability, self._profiles.called(guess.sku))
        return Match(guess.sku, guess.probability, evidence, (first,), abstained=False, reason="")

    def _together(self, guess: Guess, found: Match) -> Match:
        """What the nearest wording says, held against what all that was confirmed says."""
        sure = "beside sure " if guess.probability >= self.accept else ""
        if guess.foreign:
            guess = guess._replace(probability=min(guess.probability, _WITH_FOREIGN))
        nearest = found.alternatives[0].sku if found.alternatives else None
        if guess.probability <= (found.confidence if nearest == guess.sku else _LIKELIER_THAN_NOT):
            return found
        first = Alternative(guess.sku, guess.probability, self._profiles.called(guess.sku))
        others = tuple(other for other in found.alternatives if other.sku != guess.sku)
        reason = found.reason or both(
            "the words were confirmed for {sku}, the wording is nearer to {nearest}",
            "用词曾确认为 {sku}，说法更接近 {nearest}",
            sku=guess.sku,
            nearest=nearest,
        )
        how = "and" if nearest == guess.sku else "against"
        kind = f"words, {how} likeness{f', foreign {sure}words' if guess.foreign else ''}"
        return replace(_abstain(reason, (first, *others)[:_SHOWN], found.evidence), kind=kind)

    def _nearest(self, spec: Specification, words: tuple[str, ...]) -> Match:
        ranked = self._rank(words)
        if not ranked:
            return _abstain(telling.NOTHING_SHARED, ())
        agreeing, aside = self._by_specification(spec, ranked)
        if not agreeing:
            nearest = _alternatives(ranked, 0.0)
            return _abstain(telling.specification_differs(aside[0]), nearest, tuple(aside[:_SHOWN]))
        return self._judge(agreeing, aside)

    def _rank(self, words: tuple[str, ...]) -> list[Candidate]:
        """The wordings that share telling words with the text, the most alike first."""
        vocabulary = self._index.vocabulary
        written = read(words, vocabulary)
        seeds: dict[str, float] = {}
        for word in written:
            if word.known:
                seeds[word.text] = word.weight
            for other, likeness in word.readings.items():
                seeds[other] = max(seeds.get(other, 0.0), likeness * vocabulary.weight(other))
        for one, two in pairwise(words):
            if one + two in vocabulary:
                seeds[one + two] = vocabulary.weight(one + two)
        candidates = self._index.near(seeds.items(), _CANDIDATES)
        return _sorted([(align(written, entry.words, vocabulary), entry) for entry in candidates])

    def _by_specification(
        self, spec: Specification, ranked: list[Candidate]
    ) -> tuple[list[Candidate], list[str]]:
        """Candidates that the specification allows, ranked anew, and why the others were set aside."""
        if not spec:
            return ranked, []
        agreeing: list[Candidate] = []
        aside: list[str] = []
        for alignment, entry in ranked:
            product = self._described.get(entry.sku) if entry.sku else None
            if against := conflicts(spec, entry.text, product):
                aside.append(telling.set_against(against[0], entry))
                continue
            repeated(spec, entry.text, product, alignment, self._index.vocabulary)
            agreeing.append((alignment, entry))
        return _sorted(agreeing), aside

    def _judge(self, agreeing: list[Candidate], aside: list[str]) -> Match:
        best, entry = agreeing[0]
        sku = entry.sku
        if sku is None:
            return _abstain(telling.several(entry), _alternatives(agreeing, 0.0))
        rival = best_of_others(agreeing)
        sure = confidence(best, rival, chosen=bool(aside))
        evidence = (*telling.evidence(best, entry), *map(telling.set_aside, aside[:2]))
        alternatives = _alternatives(agreeing, sure)
        if sure >= self.accept:
            return Match(sku, sure, evidence, alternatives, abstained=False, reason="")
        return _abstain(telling.doubt(best, rival, alternatives), alternatives, evidence)

    def observe(self, text: str) -> tuple[str, tuple[float, ...]] | None:
        """The best candidate by words and what the model of confidence sees of it; for calibration only."""
        ranked = self._rank(tokens(text))
        agreeing, aside = self._by_specification(specification.parse(text), ranked)
        if not agreeing or (sku := agreeing[0][1].sku) is None:
            return None
        return sku, features(agreeing[0][0], best_of_others(agreeing), chosen=bool(aside))


def best_of_others(ranked: list[Candidate]) -> Alignment | None:
    """The best candidate that is another product than the first, if there is one."""
    first = ranked[0][1].sku
    return next((alignment for alignment, entry in ranked[1:] if set(entry.skus) != {first}), None)


def _sorted(candidates: list[Candidate]) -> list[Candidate]:
    return sorted(candidates, key=lambda candidate: (-candidate[0].score, candidate[1].text))


def _decide(alternatives: tuple[Alternative, ...], evidence: tuple[str, ...], accept: float) -> Match:
    first = alternatives[0]
    if first.confidence >= accept:
        return Match(first.sku, first.confidence, evidence, alternatives, abstained=False, reason="")
    return _abstain(telling.TOO_UNSURE, alternatives, evidence)


def _abstain(reason: str, alternatives: tuple[Alternative, ...], evidence: tuple[str, ...] = ()) -> Match:
    sure = alternatives[0].confidence if alternatives else 0.0
    return Match(None, sure, evidence, alternatives, abstained=True, reason=reason)


def _alternatives(ranked: list[Candidate], sure: float) -> tuple[Alternative, ...]:
    shown: dict[str, Alternative] = {}
    for alignment, entry in ranked:
        for sku in sorted(entry.skus, key=lambda sku: (-entry.skus[sku], sku)):
            likely = sure if not shown else (1.0 - sure) * alignment.score
            shown.setdefault(sku, Alternative(sku, likely, entry.text))
        if len(shown) >= _SHOWN:
            break
    return tuple(shown.values())[:_SHOWN]
