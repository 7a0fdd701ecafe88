"""How long things take in a simulated world: seeded draws that depend only on the seed and the thing."""

import random
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Delays:
    """Draws delays; the same seed and subject give the same delay, whatever was drawn before."""

    seed: int

    def hours(self, subject: str, least: float, most: float) -> timedelta:
        """A delay between `least` and `most` hours, short ones likelier."""
        draw = self.draw(subject)
        return timedelta(hours=least + (most - least) * draw.random() ** 2)

    def days(self, subject: str, least: float, most: float) -> timedelta:
        """A delay between `least` and `most` days, each alike."""
        return timedelta(days=self.draw(subject).uniform(least, most))

    def draw(self, subject: str) -> random.Random:
        """A generator of its own for a subject."""
        return random.Random(f"{self.seed}/{subject}")  # noqa: S311 - seeded on purpose
