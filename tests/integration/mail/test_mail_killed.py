"""A mailroom that is killed (SIGKILL) again and again takes each letter in exactly once."""

import subprocess
import sys
import time

from sqlalchemy import func, select
from tests.integration.gateway.imap_server import Mailbox
from tests.integration.mail.conftest import OFFICE, PASSWORD, connected, letter

from mainspring.app.house import House
from mainspring.app.mail.room import Mailroom
from mainspring.app.mail.tables import letters
from mainspring.services.tables.inquiries import inquiries

LETTERS = 80
KILLS = 4
CHILD = """
import sys
import time
from mainspring.app.house import open_house
from mainspring.app.mail.room import Mailroom
room = Mailroom(open_house(sys.argv[1]))
print("ready", flush=True)
print(room.round(), flush=True)
"""


def test_a_killed_mailroom_takes_each_letter_once(house: House) -> None:
    server = Mailbox(OFFICE, PASSWORD, [])
    try:
        connected(house, server)
        for number in range(LETTERS):
            server.put(letter(f"Please send {number + 1} pcs of DEMO HINGE.", number=str(number)))
        cut_off = [_killed_at(house, at) for at in range(7, LETTERS, LETTERS // KILLS)]
        assert all(0 < taken < LETTERS for taken in cut_off), cut_off
        Mailroom(house).round()
        assert _taken(house) == LETTERS
        with house.store.read() as tx:
            assert tx.scalar(select(func.count()).select_from(inquiries)) == LETTERS
    finally:
        server.close()


def _killed_at(house: House, letter_number: int) -> int:
    """Run the mailroom in a process and kill it once so many letters are in; gives how many were then."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(house.store.url)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline().strip() == "ready"
    while _taken(house) < letter_number:
        assert child.poll() is None, "it ended by itself"
        time.sleep(0.005)
    child.kill()
    child.communicate()
    return _taken(house)


def _taken(house: House) -> int:
    with house.store.read() as tx:
        return int(tx.scalar(select(func.count()).select_from(letters)))
