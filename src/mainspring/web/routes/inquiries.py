"""Inquiries as documents: each is registered once and starts a case of lead to cash."""

from typing import Annotated

from fastapi import APIRouter, Form, UploadFile

from mainspring.app.inquiries import PROCESS, receive
from mainspring.web.access import Visitor, permits
from mainspring.web.answers import Answer
from mainspring.web.shapes.cases import Received

router = APIRouter(prefix="/inquiries", tags=["inquiries"])


@router.post("", status_code=201, response_model=Received, responses={200: {"model": Received}})
def inquiry(
    visitor: Annotated[Visitor, permits("start")],
    document: UploadFile,
    sender: Annotated[str, Form(max_length=320)] = "",
) -> Answer:
    """Take a document in: mail, PDF, Excel, image or text of at most 20 MB, as the form field `document`."""
    visitor.demand("start", PROCESS)
    content = document.file.read()
    with visitor.house.store.write() as tx:
        received = receive(
            visitor.house,
            tx,
            visitor.principal,
            content,
            file_name=document.filename or "document",
            media_type=document.content_type or "application/octet-stream",
            sender=sender,
        )
    shown = {
        "inquiry_no": received.inquiry_no,
        "instance": str(received.instance),
        "already_known": received.already_known,
    }
    return Answer(shown, 200 if received.already_known else 201)
