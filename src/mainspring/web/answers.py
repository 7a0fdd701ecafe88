"""Answers: JSON through `base.jsonio`, so that money stays exact, and errors that say how to mend."""

from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from mainspring.base import jsonio
from mainspring.base.errors import MainspringError
from mainspring.web.errors import status_of

KINDS = {404: "NotFound", 405: "MethodNotAllowed", 413: "TooLarge"}


class Answer(Response):
    """A JSON answer; Decimal is a number in it, times are ISO 8601 in UTC."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """The bytes of a value."""
        return jsonio.dumps(content)


def fault(status: int, error: str, message: str, where: str = "", mend: str = "") -> Answer:
    """An answer that says what was wrong, where, and how to mend it."""
    return Answer({"error": error, "message": message, "where": where, "mend": mend}, status)


def explain_errors(application: FastAPI) -> None:
    """Let every error be answered as `fault` shapes it; what nobody foresaw says nothing of the inside."""

    @application.exception_handler(MainspringError)
    def ours(_: Request, error: MainspringError) -> Answer:
        return Answer(error.as_dict(), status_of(error))

    @application.exception_handler(RequestValidationError)
    def unfit(_: Request, error: RequestValidationError) -> Answer:
        places = "; ".join(f"{'.'.join(map(str, one['loc'][1:]))}: {one['msg']}" for one in error.errors())
        return fault(422, "Unfit", places, "request", "Correct the named fields.")

    @application.exception_handler(HTTPException)
    def protocol(_: Request, error: HTTPException) -> Answer:
        said = error.detail if isinstance(error.detail, str) else "the request cannot be answered"
        return fault(error.status_code, KINDS.get(error.status_code, "RequestError"), said)

    @application.exception_handler(ClientDisconnect)
    def gone(_: Request, __: ClientDisconnect) -> Answer:
        return fault(408, "Gone", "the request broke off before it was whole")  # nobody is there to read it

    @application.exception_handler(Exception)
    def unforeseen(_: Request, __: Exception) -> Answer:
        return fault(
            500, "InternalError", "something went wrong here", mend="The log of the server says what."
        )
