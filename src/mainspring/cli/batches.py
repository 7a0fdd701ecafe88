"""Operations on many cases, told as they go: progress, what was refused and why, the count at the end."""

from datetime import UTC, datetime

from mainspring.cli.output import progress, say, say_json, table
from mainspring.runtime.batch import Batch, Item


def zoned(moment: datetime | None) -> datetime | None:
    """A time given on the command line, which is UTC."""
    return None if moment is None else moment.replace(tzinfo=UTC)


def report(made: Batch, word: str, *, json: bool) -> None:
    """Run a batch to its end; `word` says what is done to each item, such as cancelled."""
    items: list[Item] = []
    with progress() as told:
        for item in made.run():
            items.append(item)
            told(len(items), made.total, word)
    refused = [item for item in items if not item.done]
    if json:
        say_json(
            {
                "done": len(items) - len(refused),
                "refused": len(refused),
                "items": [
                    {"key": str(one.key), "instance": str(one.instance), "done": one.done, "why": one.why}
                    for one in items
                ],
            }
        )
        return
    if refused:
        table(("key", "case", "why not"), [(one.key, one.instance, one.why) for one in refused])
    say(f"{len(items) - len(refused)} {word}, {len(refused)} refused.")
