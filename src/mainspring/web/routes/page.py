"""The first page; its figures come through the interface like everyone else's."""

from importlib import resources

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

router = APIRouter(tags=["page"])


@router.get("/")
def first_page() -> HTMLResponse:
    """The page without any data."""
    return HTMLResponse(resources.files("mainspring.web").joinpath("page", "index.html").read_bytes())
