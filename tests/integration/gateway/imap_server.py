"""A small IMAP server on loopback (the commands that a reader of mail needs, RFC 3501), with one mailbox."""

import contextlib
import socketserver
import threading
from datetime import UTC, datetime, timedelta
from typing import Any


class Mailbox:
    """The server; `letters` are the raw messages, numbered from 1; `seen` those that were read."""

    def __init__(self, user: str, password: str, letters: list[bytes]) -> None:
        self.letters = letters
        self.validity = 1
        self.ages: dict[int, timedelta] = {}
        self.seen: set[int] = set()
        self.good = f'LOGIN {user} "{password}"'
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.mailbox = self
        self.port: Any = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def put(self, letter: bytes, *, days_ago: int = 0) -> None:
        """A letter arrives."""
        self.letters.append(letter)
        self.ages[len(self.letters)] = timedelta(days=days_ago)

    def renumber(self) -> None:
        """Forget all numbers: the folder gets another UIDVALIDITY, as after a restored backup."""
        self.validity += 1

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    mailbox: Mailbox


class _Handler(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True
    server: _Server

    def handle(self) -> None:
        with contextlib.suppress(ConnectionError):  # a reader that was killed
            self._say("* OK ready")
            for line in self.rfile:
                tag, _, rest = line.decode().strip().partition(" ")
                if not self._answer(tag, rest):
                    return

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())

    def _answer(self, tag: str, command: str) -> bool:
        word = command.split(" ", 1)[0].upper()
        status = "OK"
        if word == "CAPABILITY":
            self._say("* CAPABILITY IMAP4rev1")
        elif word == "LOGIN" and command != self.server.mailbox.good:
            status = "NO"
        elif word == "SELECT":
            self._say(f"* {len(self.server.mailbox.letters)} EXISTS")
            self._say(f"* OK [UIDVALIDITY {self.server.mailbox.validity}] valid")
        elif word == "UID":
            self._uid(command[4:])
        elif word == "LOGOUT":
            self._say("* BYE")
        self._say(f"{tag} {status} done")
        return word != "LOGOUT"

    def _uid(self, command: str) -> None:
        mailbox = self.server.mailbox
        word, which = command.split(" ")[:2]
        if word == "SEARCH":
            first = int(command.split(" ")[2].split(":", maxsplit=1)[0])
            found = [n for n in range(1, len(mailbox.letters) + 1) if n >= first]
            if "UNSEEN" in command:
                found = [n for n in found if n not in mailbox.seen]
            self._say("* SEARCH " + " ".join(map(str, found)))
        elif word == "STORE":
            mailbox.seen.add(int(which))
        else:
            for number in map(int, which.split(",")):
                if number <= len(mailbox.letters):
                    self._letter(number, command)

    def _letter(self, number: int, command: str) -> None:
        raw = self.server.mailbox.letters[number - 1]
        age = self.server.mailbox.ages.get(number, timedelta())
        arrived = (datetime.now(UTC) - age).strftime("%d-%b-%Y %H:%M:%S +0000")
        about = f'UID {number} INTERNALDATE "{arrived}" RFC822.SIZE {len(raw)}'
        if "BODY.PEEK" not in command:
            self._say(f"* {number} FETCH ({about})")
            return
        part = raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if "HEADER" in command else raw
        self._say(f"* {number} FETCH ({about} BODY[] {{{len(part)}}}")
        self.wfile.write(part + b")\r\n")
