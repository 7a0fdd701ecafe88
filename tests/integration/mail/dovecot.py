"""A real IMAP server, Dovecot, on loopback with one mailbox, where it is installed and we may start it."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

PROGRAM = "/usr/sbin/dovecot"
_USER = "mail"
_CONFIG = """\
base_dir = {here}/run
state_dir = {here}/state
log_path = {here}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{here}/box/Maildir
first_valid_uid = 1
service imap-login {{
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service stats {{
  unix_listener stats-writer {{
    mode = 0666
  }}
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={user} home={here}/box
}}
"""


def missing() -> str:
    """Why it cannot be started here; "" when it can."""
    if not Path(PROGRAM).exists():
        return "Dovecot is not installed (Debian: dovecot-imapd)"
    return "" if os.geteuid() == 0 else "Dovecot is started by root only"


class Dovecot:
    """The server; letters are put into its folder as a mail transfer agent would."""

    def __init__(self, password: str) -> None:
        self._here = Path(tempfile.mkdtemp(prefix="dovecot"))
        self._here.chmod(0o755)
        self._owner = pwd.getpwnam(_USER)
        for part in ("box", "box/Maildir", *(f"box/Maildir/{one}" for one in ("new", "cur", "tmp"))):
            (self._here / part).mkdir()
            os.chown(self._here / part, self._owner.pw_uid, self._owner.pw_gid)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        config = self._here / "dovecot.conf"
        config.write_text(
            _CONFIG.format(here=self._here, port=self.port, password=password, user=_USER), "utf-8"
        )
        self._process = subprocess.Popen([PROGRAM, "-F", "-c", str(config)])
        self._put = 0
        self._ready()

    def put(self, letter: bytes, *, days_ago: int = 0) -> None:
        """A letter arrives."""
        self._put += 1
        folder = self._here / "box/Maildir"
        file = folder / "tmp" / f"{int(time.time())}.{self._put:06d}.here"
        file.write_bytes(letter)
        os.chown(file, self._owner.pw_uid, self._owner.pw_gid)
        then = time.time() - days_ago * 86_400
        os.utime(file, (then, then))
        file.rename(folder / "new" / file.name)

    def renumber(self) -> None:
        """Forget all numbers: the folder gets another UIDVALIDITY, as after a restored backup."""
        time.sleep(1.1)  # UIDVALIDITY is the second in which the folder is numbered
        for file in (self._here / "box/Maildir").glob("dovecot*"):
            file.unlink()

    def close(self) -> None:
        """Stop it and take its folder away."""
        self._process.terminate()
        self._process.wait(10)
        shutil.rmtree(self._here)

    def _ready(self) -> None:
        for _ in range(200):
            try:
                with socket.create_connection(("127.0.0.1", self.port), 1) as opened:
                    if opened.recv(4) == b"* OK":
                        return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError((self._here / "log").read_text("utf-8", "replace"))
