"""Demo e-mails as raw bytes, with the encodings and parts that real mail programs send."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any

from tools.demo_company.catalogue import Customer
from tools.demo_company.pages import pdf, scan
from tools.demo_company.sheets import workbook

FIRM = "Mainspring Demo Trading <orders@mainspring-demo.example>"


def mail(spec: dict[str, Any], customer: Customer | None) -> bytes:
    """The e-mail of one authored inquiry."""
    message = EmailMessage(policy=SMTP)
    message["From"] = spec.get("from") or _sender(spec, customer)
    message["To"] = FIRM
    message["Subject"] = str(spec["subject"])
    message["Date"] = format_datetime(datetime.fromisoformat(str(spec["received"])))
    message["Message-ID"] = f"<{spec['id']}.{spec['set']}@mainspring-demo.example>"
    charset = spec.get("charset", "utf-8")
    transfer = {"cte": spec["cte"]} if "cte" in spec else {}
    if "body" in spec:
        message.set_content(spec["body"], charset=charset, **transfer)
        if "html" in spec:
            message.add_alternative(spec["html"], subtype="html", charset=charset)
    else:
        message.set_content(spec["html"], subtype="html", charset=charset, **transfer)
    for attached in spec.get("attach", ()):
        _attach(message, attached)
    for number, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_demo_{spec['set']}_{spec['id']}_{number}")
    data = message.as_bytes()
    if spec.get("undeclared"):
        data = data.replace(f'; charset="{charset}"'.encode(), b"", 1)
    return data


def _sender(spec: dict[str, Any], customer: Customer | None) -> Address:
    if customer is None:
        msg = f"inquiry {spec['id']}: a mail without a customer needs its sender"
        raise ValueError(msg)
    user, _, domain = customer.email.partition("@")
    return Address(spec.get("who", customer.name), user, domain)


def _attach(message: EmailMessage, attached: dict[str, Any]) -> None:
    if "xlsx" in attached:
        data = workbook(attached["xlsx"])
        kind = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    elif "pdf" in attached:
        data, kind = pdf(attached["pdf"]), ("application", "pdf")
    elif "jpg" in attached:
        data, kind = scan({**attached["jpg"], "jpg": True}), ("image", "jpeg")
    else:
        data, kind = scan(attached["png"]), ("image", "png")
    message.add_attachment(data, maintype=kind[0], subtype=kind[1], filename=attached["name"])
