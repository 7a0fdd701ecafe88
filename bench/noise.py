"""Seeded noise over wordings: typing errors, dropped and swapped words, abbreviations, units."""

import random
import re
import string

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEIGHBOURS = {
    letter: "".join(row[max(0, place - 1) : place] + row[place + 1 : place + 2])
    for row in _ROWS
    for place, letter in enumerate(row)
}
_SHORT = {
    "christmas": "xmas", "and": "&", "with": "w", "large": "lge", "small": "sml", "medium": "med",
    "holder": "hldr",
    "white": "wht", "black": "blk", "pack": "pk", "pieces": "pcs", "assorted": "asst", "decoration": "deco",
    "vintage": "vint", "metal": "mtl", "glass": "gls", "bottle": "btl", "design": "dsgn", "wooden": "wdn",
}  # fmt: skip
_UNIT = re.compile(r"(\d+)\s*(cm|mm|ml|kg|g|l|m)\b", re.IGNORECASE)
_SET = re.compile(r"\bset of (\d+)\b|\bset/(\d+)\b|\bset (\d+)\b", re.IGNORECASE)


class Noise:
    """Disturbs texts, the same way for the same seed and order of calls.

    Every text gets one disturbance; three in ten get a second one. Of the disturbances 40% are typing errors,
    15% each dropped words, swapped words and abbreviations, and 15% another way to write units and sets.
    """

    def __init__(self, seed: int, *, second: float = 0.3) -> None:
        self._random = random.Random(seed)
        self._second = second

    def disturb(self, text: str) -> str:
        """The text as somebody in a hurry might write it."""
        kinds = (
            self.slip,
            self.drop,
            self.swap,
            self.abbreviate,
            self.units,
        )
        for _ in range(1 + (self._random.random() < self._second)):
            text = self._random.choices(kinds, (40, 15, 15, 15, 15))[0](text)
        if self._random.random() < 0.5:
            text = text.lower()
        return text

    def slip(self, text: str) -> str:
        """One typing error: a letter replaced by its neighbour on the keyboard, lost, doubled or swapped."""
        places = [place for place, letter in enumerate(text) if letter.isalpha()]
        if len(places) < 4:
            return text
        place = self._random.choice(places)
        kind = self._random.randrange(4)
        letter = text[place]
        if kind == 0:
            new = self._random.choice(_NEIGHBOURS.get(letter.lower()) or string.ascii_lowercase)
            return text[:place] + (new.upper() if letter.isupper() else new) + text[place + 1 :]
        if kind == 1:
            return text[:place] + text[place + 1 :]
        if kind == 2:
            return text[:place] + letter + text[place:]
        after = min(place + 1, len(text) - 1)
        return text[:place] + text[after] + letter + text[after + 1 :]

    def drop(self, text: str) -> str:
        """One word left out, where at least two remain."""
        words = text.split()
        if len(words) > 2:
            del words[self._random.randrange(len(words))]
        return " ".join(words)

    def swap(self, text: str) -> str:
        """Two neighbouring words change places."""
        words = text.split()
        if len(words) > 1:
            place = self._random.randrange(len(words) - 1)
            words[place], words[place + 1] = words[place + 1], words[place]
        return " ".join(words)

    def abbreviate(self, text: str) -> str:
        """One word shortened: by custom, to its beginning, or by its vowels."""
        words = text.split()
        long = [place for place, word in enumerate(words) if len(word) > 4 and word.isalpha()]
        if not long:
            return text
        place = self._random.choice(long)
        word = words[place]
        usual = _SHORT.get(word.lower())
        if usual:
            words[place] = usual.upper() if word.isupper() else usual
        elif self._random.random() < 0.5:
            words[place] = word[: self._random.randint(3, 4)] + self._random.choice((".", ""))
        else:
            words[place] = word[0] + "".join(letter for letter in word[1:] if letter.lower() not in "aeiou")
        return " ".join(words)

    def units(self, text: str) -> str:
        """Another way to write a measure or a set; where there is none, a unit of count is added."""
        if _UNIT.search(text):
            return _UNIT.sub(lambda found: f"{found[1]} {found[2].lower()}", text)
        if _SET.search(text):
            way = self._random.choice(("set of {}", "set/{}", "s/{}", "set {}"))
            return _SET.sub(lambda found: way.format(found[1] or found[2] or found[3]), text)
        return text + self._random.choice((" pcs", " pc", " each", " ea"))
