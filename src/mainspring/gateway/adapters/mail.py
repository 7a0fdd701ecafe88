"""E-mail: SMTP out and IMAP in, both over sockets that the egress opened."""

import base64
import binascii
import contextlib
import imaplib
import re
import smtplib
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from mainspring.gateway.adapters import letters
from mainspring.gateway.adapters.mail_operations import described
from mainspring.gateway.adapters.port import Ports
from mainspring.gateway.described import Described
from mainspring.gateway.egress import Reach
from mainspring.gateway.egress.reach import split
from mainspring.gateway.errors import ArgumentsInvalid, RegistryError, UpstreamRefused, UpstreamUnavailable
from mainspring.gateway.outgoing import Sending

_FOLDER = re.compile(r"[\w ./&+,-]{1,200}")
_PERMANENT = 500


class MailConfig(BaseModel):
    """A mail account.

    Attributes:
        smtp: as ``smtp://mail.example.com:587`` (STARTTLS) or ``smtps://...``; empty: nothing is sent.
        imap: as ``imaps://mail.example.com`` or ``imap://...`` (STARTTLS); empty: nothing is read.
        sender: the address that everything is sent from.
        user, secret: sign-in; an empty user signs in nowhere.
        tls: off only for servers inside.
        folders: that may be read.
        recipients: endings that addresses must have, as ``@example.com``; none means all.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    smtp: str = ""
    imap: str = ""
    sender: str = ""
    user: str = ""
    secret: str = ""
    tls: Literal["required", "off"] = "required"
    networks: tuple[str, ...] = ()
    folders: tuple[str, ...] = ("INBOX",)
    recipients: tuple[str, ...] = ()
    seconds: float = Field(default=30, gt=0, le=300)
    most_bytes: int = Field(default=25_000_000, gt=0)


class Mail:
    """Sends from, and reads, one account."""

    def __init__(self, config: MailConfig, ports: Ports) -> None:
        if not config.smtp and not config.imap:
            raise RegistryError("give a server for sending or for reading", where="mail configuration")
        if config.smtp and "@" not in parseaddr(config.sender)[1]:
            raise RegistryError("name the address to send from", where="sender")
        self._config = config
        self._ports = ports
        servers = [one for one in (config.smtp, config.imap) if one]
        self._reach = Reach.to(
            *servers, networks=config.networks, seconds=config.seconds, most_bytes=config.most_bytes
        )

    def send(self, operation: Described, arguments: Any, sending: Sending) -> Any:
        """Send or read."""
        if operation.binding["do"] == "send":
            return self._deliver(arguments, sending)
        with self._mailbox(arguments.get("folder") or self._config.folders[0]) as box:
            return getattr(self, f"_{operation.binding['do']}")(box, arguments)

    def check(self) -> str:
        """Sign in to each server."""
        said = []
        if self._config.smtp:
            with self._smtp() as server:
                server.noop()
            said.append("SMTP answered")
        if self._config.imap:
            with self._mailbox(self._config.folders[0]):
                said.append("IMAP answered")
        return ", ".join(said)

    def close(self) -> None:
        """Nothing is kept open."""

    # Out

    def _deliver(self, arguments: Mapping[str, Any], sending: Sending) -> Any:
        message = self._message(arguments, sending)
        recipients = [*arguments["to"], *(arguments.get("cc") or []), *(arguments.get("bcc") or [])]
        endings = self._config.recipients
        for one in recipients:
            if endings and not one.lower().endswith(tuple(ending.lower() for ending in endings)):
                said = f"to: nothing is sent to {one} from here"
                raise ArgumentsInvalid(said, where="to", mend=f"Addresses end in {', '.join(endings)}.")
        with self._smtp() as server:
            refused = server.send_message(message, parseaddr(self._config.sender)[1], recipients)
        return {"message_id": message["Message-ID"], "refused": sorted(refused)}

    def _message(self, arguments: Mapping[str, Any], sending: Sending) -> EmailMessage:
        message = EmailMessage()
        try:
            message["From"] = self._config.sender
            message["To"] = ", ".join(arguments["to"])
            if arguments.get("cc"):
                message["Cc"] = ", ".join(arguments["cc"])
            message["Subject"] = arguments["subject"]
            message["Date"] = sending.at
            domain = parseaddr(self._config.sender)[1].rpartition("@")[2]
            # The same for every attempt, so that a second delivery can be told from a new letter.
            message["Message-ID"] = f"<{sending.key}@{domain}>" if sending.key else make_msgid(domain=domain)
            if arguments.get("in_reply_to"):
                message["In-Reply-To"] = arguments["in_reply_to"]
                message["References"] = arguments.get("references") or arguments["in_reply_to"]
            if arguments.get("automatic"):
                message["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's absence note answers it
        except ValueError:
            raise ArgumentsInvalid(
                "a header holds a line break", where="subject", mend="Leave it out."
            ) from None
        message.set_content(arguments["text"])
        if arguments.get("html"):
            message.add_alternative(arguments["html"], subtype="html")
        for one in arguments.get("attachments") or []:
            try:
                data = base64.b64decode(one["content"], validate=True)
            except binascii.Error:
                raise ArgumentsInvalid("attachments: this is no base64", where=one["name"]) from None
            kind, _, subtype = (one.get("type") or "application/octet-stream").partition("/")
            message.add_attachment(
                data, maintype=kind, subtype=subtype or "octet-stream", filename=one["name"]
            )
        return message

    @contextmanager
    def _smtp(self) -> Iterator[smtplib.SMTP]:
        config, context = self._config, self._ports.egress.context
        _, host, port = split(self._reach.demand(config.smtp))
        opened = self._ports.egress.connect(self._reach, config.smtp)
        opened.settimeout(config.seconds)
        server: smtplib.SMTP | None = None
        try:
            if config.smtp.startswith("smtps"):
                opened = context.wrap_socket(opened, server_hostname=host)
            server = _Smtp(opened, host, port, config.seconds)
            server.ehlo()
            if config.tls == "required" and not config.smtp.startswith("smtps"):
                server.starttls(context=context)
                server.ehlo()
            if config.user:
                server.login(config.user, self._ports.egress.secret(config.secret, host))
            yield server
            with contextlib.suppress(smtplib.SMTPException, OSError):
                server.quit()
        except smtplib.SMTPRecipientsRefused:
            raise UpstreamRefused("every recipient was refused", where=config.smtp) from None
        except smtplib.SMTPResponseException as error:
            if error.smtp_code >= _PERMANENT:
                said = f"the mail server refused ({error.smtp_code})"
                raise UpstreamRefused(said, status=error.smtp_code, where=config.smtp) from None
            said = f"the mail server is busy ({error.smtp_code})"
            raise UpstreamUnavailable(said, where=config.smtp, unknown=False) from None  # it took nothing
        except (smtplib.SMTPException, OSError) as error:
            said = f"the mail server does not answer ({type(error).__name__})"
            raise UpstreamUnavailable(said, where=config.smtp) from None
        finally:
            if server is not None:
                server.close()
            opened.close()

    # In

    @contextmanager
    def _mailbox(self, folder: str) -> Iterator[imaplib.IMAP4]:
        config, context = self._config, self._ports.egress.context
        if folder not in config.folders or not _FOLDER.fullmatch(folder):
            raise ArgumentsInvalid(f"folder: {folder[:50]} is not read here", where="folder")
        _, host, port = split(self._reach.demand(config.imap))
        opened = self._ports.egress.connect(self._reach, config.imap)
        opened.settimeout(config.seconds)
        box: imaplib.IMAP4 | None = None
        try:
            if config.imap.startswith("imaps"):
                opened = context.wrap_socket(opened, server_hostname=host)
            box = _Imap(opened, host, port)
            if config.tls == "required" and not config.imap.startswith("imaps"):
                box.starttls(context)
            if config.user:
                box.login(config.user, self._ports.egress.secret(config.secret, host))
            status, _ = box.select(f'"{folder}"')
            if status != "OK":
                raise UpstreamRefused("there is no such folder", status=404, where=folder)
            yield box
            with contextlib.suppress(imaplib.IMAP4.error, OSError):
                box.logout()
        except imaplib.IMAP4.abort:
            raise UpstreamUnavailable("the mailbox ended the connection", where=config.imap) from None
        except imaplib.IMAP4.error:
            raise UpstreamRefused(
                "the mailbox refused", where=config.imap, mend="Check user and secret."
            ) from None
        except OSError as error:
            said = f"the mailbox does not answer ({type(error).__name__})"
            raise UpstreamUnavailable(said, where=config.imap) from None
        finally:
            if box is not None:
                with contextlib.suppress(OSError):
                    box.shutdown()
            opened.close()

    def _list(self, box: imaplib.IMAP4, arguments: Mapping[str, Any]) -> Any:
        criteria = "UNSEEN" if arguments.get("unseen") else "ALL"
        after = int(arguments.get("after") or 0)
        since = ["SINCE", _day(arguments["since"])] if arguments.get("since") else []
        data = _data(box.uid("SEARCH", f"UID {after + 1}:*", criteria, *since))
        uids = sorted({int(one) for one in (data[0] or b"").split() if int(one) > after})
        uids = uids[: int(arguments.get("limit") or 100)]
        validity = _validity(box)
        if not uids:
            return {"messages": [], "uidvalidity": validity}
        fields = "BODY.PEEK[HEADER.FIELDS (FROM TO SUBJECT DATE MESSAGE-ID)]"
        parts = _data(box.uid("FETCH", ",".join(map(str, uids)), f"(UID INTERNALDATE RFC822.SIZE {fields})"))
        found = [letters.headers(part) for part in parts if isinstance(part, tuple)]
        return {"messages": found, "uidvalidity": validity}

    def _read(self, box: imaplib.IMAP4, arguments: Mapping[str, Any]) -> Any:
        return letters.letter(int(arguments["uid"]), self._raw(box, arguments))

    def _fetch(self, box: imaplib.IMAP4, arguments: Mapping[str, Any]) -> Any:
        content = base64.b64encode(self._raw(box, arguments)).decode()
        return {"uid": int(arguments["uid"]), "uidvalidity": _validity(box), "content": content}

    def _raw(self, box: imaplib.IMAP4, arguments: Mapping[str, Any]) -> bytes:
        uid = str(int(arguments["uid"]))
        parts = _data(box.uid("FETCH", uid, "(UID RFC822.SIZE)"))
        size = re.search(rb"RFC822\.SIZE (\d+)", _joined(parts))
        if size is None:
            raise UpstreamRefused("there is no such message", status=404, where=uid)
        if int(size[1]) > self._config.most_bytes:
            raise UpstreamRefused("the message is too large", status=413, where=uid)
        parts = _data(box.uid("FETCH", uid, "(UID BODY.PEEK[])"))
        return next((part[1] for part in parts if isinstance(part, tuple)), b"")

    def _mark_seen(self, box: imaplib.IMAP4, arguments: Mapping[str, Any]) -> Any:
        _data(box.uid("STORE", str(int(arguments["uid"])), "+FLAGS.SILENT", r"(\Seen)"))
        return {"seen": True}


class _Smtp(smtplib.SMTP):
    """SMTP over a socket that is open already."""

    def __init__(self, opened: socket.socket, host: str, port: int, seconds: float) -> None:
        self._opened = opened
        self._host = host
        super().__init__(host, port, local_hostname="localhost", timeout=seconds)

    def _get_socket(self, *_: Any) -> socket.socket:
        return self._opened


class _Imap(imaplib.IMAP4):
    """IMAP over a socket that is open already."""

    def __init__(self, opened: socket.socket, host: str, port: int) -> None:
        self._opened = opened
        super().__init__(host, port)

    def _create_socket(self, *_: Any) -> socket.socket:
        return self._opened


def discover(config: MailConfig, ports: Ports) -> tuple[Described, ...]:
    """Sending, and reading, as far as there is a server for it."""
    Mail(config, ports)
    return described(sends=bool(config.smtp), reads=bool(config.imap), folders=config.folders)


def _data(answer: tuple[str, list[Any]]) -> list[Any]:
    status, data = answer
    if status != "OK":
        raise UpstreamRefused("the mailbox refused the command", where="imap")
    return data


def _joined(parts: list[Any]) -> bytes:
    return b" ".join(part if isinstance(part, bytes) else part[0] for part in parts if part)


def _validity(box: imaplib.IMAP4) -> int:
    """Under which the folder's numbers are valid (RFC 3501, 2.3.1.1); 0 where the server names none."""
    _, data = box.response("UIDVALIDITY")
    return int(data[0]) if data and data[0] else 0


def _day(said: str) -> str:
    """A day as IMAP writes it, such as 21-Nov-2026.

    Raises:
        ArgumentsInvalid: it is none.
    """
    try:
        day = datetime.strptime(said, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise ArgumentsInvalid(
            "since: this is no day", where="since", mend="Write it as 2026-11-21."
        ) from None
    return format_datetime(day)[5:16].replace(" ", "-")
