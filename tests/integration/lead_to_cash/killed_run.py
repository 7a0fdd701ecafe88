"""An order run that is killed: a child process runs the orders and dies at given commits, again and again.

python killed_run.py DATABASE ORDERS HISTORY SEED KILLS prints the commits that each life lasted, as JSON. The
parent only forks, so that twenty lives cost one start of Python.
"""

import json
import os
import random
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mainspring.app.orders_run import run_orders
from mainspring.store import Store, Tx

LONGEST = 24
"""Commits of the longest life; the set-up takes four, so some lives end within it."""
write = Store.write


def doom(commits: int, *, before: bool) -> None:
    """Kill this process at its so-maniest transaction, before or after it is committed."""
    left = commits

    @contextmanager
    def counted(store: Store) -> Iterator[Tx]:
        nonlocal left
        left -= 1
        with write(store) as tx:
            yield tx
            if left == 0 and before:
                os.kill(os.getpid(), signal.SIGKILL)
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    setattr(Store, "write", counted)  # noqa: B010 - this process alone, which is about to die


def live(arguments: list[str]) -> None:
    """Run the orders to their end."""
    database, orders, history = arguments
    run_orders([Path(orders)], [Path(history)], staff="simulated", database=database)


def child(arguments: list[str], commits: int | None, *, before: bool) -> bool:
    """One life in a process of its own; whether it was killed.

    Raises:
        SystemExit: it ended otherwise than it should.
    """
    process = os.fork()
    if process == 0:
        try:
            if commits is not None:
                doom(commits, before=before)
            live(arguments)
        except BaseException as error:  # noqa: BLE001 - a forked child must not run on as its parent
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(process, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return True
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(1)
    return False


def main() -> None:
    """Kill, start again, and at last let it end."""
    arguments, seed, kills = sys.argv[1:4], int(sys.argv[4]), int(sys.argv[5])
    chance = random.Random(seed)  # noqa: S311 - seeded on purpose
    lives = []
    for _ in range(kills):
        commits = chance.randint(1, LONGEST)
        if not child(arguments, commits, before=chance.random() < 0.5):
            break
        lives.append(commits)
    child(arguments, None, before=False)
    sys.stdout.write(json.dumps(lives))


if __name__ == "__main__":
    main()
