"""The web application: guards, routers, the first page, and the loop that runs with it."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib import resources
from pathlib import Path

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from fastapi.staticfiles import StaticFiles

from mainspring.app.house import House
from mainspring.app.loop import Loop
from mainspring.web.answers import explain_errors
from mainspring.web.protection import protect
from mainspring.web.routes import (
    events,
    health,
    inquiries,
    instances,
    measures,
    messages,
    page,
    people,
    processes,
    tasks,
)

API = "/api/v1"


def create_app(house: House, loop: Loop | None = None, *, simulated: bool = False) -> FastAPI:
    """The application that serves a house.

    Args:
        house: the tenant that is served; its owner closes it.
        loop: runs workers and timers while the application runs; None where another process does.
        simulated: people, customers and bank are simulated, which is said wherever figures stand.
    """
    application = FastAPI(
        title="Mainspring", docs_url=None, redoc_url=None, openapi_url=None, lifespan=_with(loop)
    )
    application.state.house = house
    application.state.closing = False
    application.state.simulated = simulated
    explain_errors(application)
    protect(application)
    application.include_router(page.router)
    application.include_router(people.links)
    for router in (
        health.router,
        people.router,
        tasks.router,
        instances.router,
        processes.router,
        measures.router,
        messages.router,
        inquiries.router,
        events.router,
    ):
        application.include_router(router, prefix=API)
    application.mount("/page", StaticFiles(directory=page_folder()), name="page")
    return application


def page_folder() -> Path:
    """Where the files of the first page are."""
    return Path(str(resources.files("mainspring.web").joinpath("page")))


def _with(loop: Loop | None) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(application: FastAPI) -> AsyncIterator[None]:
        if loop is not None:
            loop.start()
        yield
        application.state.closing = True
        if loop is not None:
            await run_in_threadpool(loop.stop)

    return lifespan
