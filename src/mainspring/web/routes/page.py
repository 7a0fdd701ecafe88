"""The workbench as built, at every address that is a place of it; its data come through the interface."""

from importlib import resources
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

router = APIRouter(tags=["page"], include_in_schema=False)
places = APIRouter(tags=["page"], include_in_schema=False)
APART = ("api", "offer", "assets", "page", "sign-in", "mcp", "a2a", ".well-known")
"""First parts of addresses that are no places of the workbench."""


def built() -> Path | None:
    """Where the files of the workbench are; None when it was not built."""
    folder = Path(str(resources.files("mainspring.web").joinpath("static")))
    return folder if (folder / "index.html").is_file() else None


@router.get("/")
def first_page() -> HTMLResponse:
    """The workbench, or the plain first page where it was not built."""
    return HTMLResponse(_index())


@places.get("/{place:path}")
def any_place(place: str) -> HTMLResponse:
    """The workbench again: which of its places is shown is decided in the browser."""
    if place.partition("/")[0] in APART or "." in place:
        raise HTTPException(404, f"there is nothing at /{place}")
    return HTMLResponse(_index())


def _index() -> bytes:
    folder = built()
    if folder is not None:
        return (folder / "index.html").read_bytes()
    return resources.files("mainspring.web").joinpath("page", "index.html").read_bytes()
