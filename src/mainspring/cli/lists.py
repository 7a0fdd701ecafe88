"""Options that take a list: `--orders a b c` is read as `--orders a --orders b --orders c`."""

from collections.abc import Iterator, Sequence

LISTS = frozenset({"--orders", "--history"})


def spelled_out(arguments: Sequence[str]) -> Iterator[str]:
    """The arguments with the option named once a value."""
    option, named = "", False
    for argument in arguments:
        if argument.startswith("-"):
            option, named = (argument if argument in LISTS else ""), True
        elif option and not named:
            yield option
        else:
            named = False
        yield argument
