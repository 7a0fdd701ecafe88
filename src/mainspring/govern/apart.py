"""Hashing of a long backlog in a process of its own, so that a busy house seals on another core.

The process only reads: it hashes rows that are committed and gives back the tiles that they make; the sealer
writes them. It begins with the first long backlog, is asked and answers in lines of JSON, and ends when
nobody is left to ask, however that came about.
"""

import subprocess
import sys
from contextlib import closing, suppress
from typing import IO, Any

import orjson

from mainspring.govern import leaves, tiles
from mainspring.store import Store, Tx, open_store

WORTH = 2048
"""Rows; fewer are hashed sooner than they are asked for."""


class Apart:
    """A process that hashes the record of a store. For use by one thread."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.process: subprocess.Popen[bytes] | None = None

    def grown(self, before: int, last: int) -> list[tiles.Tile]:
        """What `tiles.grown` gives for the rows after `before` up to `last`, whose salts are committed.

        Raises:
            EvidenceError: a position is missing.
        """
        answer = self._ask([before, last])
        if answer is None:  # it failed, or somebody ended it: done here, and the next backlog gets a new one
            with self._store.read() as tx:
                return _grown(tx, before, last)
        return [
            tiles.Tile(level, number, bytes.fromhex(data), known) for level, number, data, known in answer
        ]

    def close(self) -> None:
        """End the process."""
        if self.process is not None:
            with suppress(OSError):
                self.process.communicate()
            self.process = None

    def _ask(self, question: list[int]) -> Any:
        """The answer of the process, begun where there is none; None when it gives none."""
        asked: list[Any] = [question]
        if self.process is None:
            command = [sys.executable, "-m", __name__]
            self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            address = self._store.url.render_as_string(hide_password=False)
            asked = [[address, self._store.tenant], question]
        line = b""
        with suppress(OSError):
            _say(self.process.stdin, *asked)
            line = self.process.stdout.readline() if self.process.stdout is not None else b""
        if not line:
            self.close()
            return None
        return orjson.loads(line)


def answer(questions: IO[bytes], answers: IO[bytes]) -> None:
    """Answer until there are no more questions. The first line names the database and the tenant."""
    with closing(open_store(*orjson.loads(questions.readline()), create=False)) as store:
        for line in questions:
            with store.read() as tx:
                found = _grown(tx, *orjson.loads(line))
            _say(answers, [[*tile[:2], tile.hashes.hex(), tile.known] for tile in found])


def _say(to: IO[bytes] | None, *lines: Any) -> None:
    if to is not None:
        to.write(b"".join(orjson.dumps(line) + b"\n" for line in lines))
        to.flush()


def _grown(tx: Tx, before: int, last: int) -> list[tiles.Tile]:
    return tiles.grown(tx, before, leaves.hashes(tx, before + 1, last))


if __name__ == "__main__":
    answer(sys.stdin.buffer, sys.stdout.buffer)
