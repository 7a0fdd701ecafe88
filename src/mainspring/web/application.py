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
from mainspring.govern.passwords import Passwords
from mainspring.web.a2a.mount import add_agents
from mainspring.web.answers import explain_errors
from mainspring.web.bearer import Verify
from mainspring.web.bearer_tokens import of_house
from mainspring.web.customer import routes as customer
from mainspring.web.description import describe
from mainspring.web.mcp.mount import McpEndpoint
from mainspring.web.often import NotTooOften
from mainspring.web.protection import protect
from mainspring.web.routes import (
    appeals,
    approvals,
    ask,
    audit,
    bank,
    batches,
    case_operations,
    casefile,
    decision_models,
    deployments,
    digest,
    employees,
    events,
    health,
    hooks,
    imports,
    inquiries,
    insight,
    insight_figures,
    insight_mining,
    instances,
    links,
    lists,
    live,
    mail,
    measures,
    messages,
    notices,
    operations,
    page,
    papers,
    people,
    plan,
    preferences,
    processes,
    rights,
    roi,
    running,
    services,
    session,
    set_up,
    skills,
    stand_ins,
    tables,
    tasks,
)

API = "/api/v1"
ADDRESS = "http://127.0.0.1:8080"


def create_app(
    house: House,
    loop: Loop | None = None,
    *,
    simulated: bool = False,
    address: str = ADDRESS,
    verify: Verify = of_house,
) -> FastAPI:
    """The application that serves a house.

    Args:
        house: the tenant that is served; its owner closes it.
        loop: runs workers and timers while the application runs; None where another process does.
        simulated: people, customers and bank are simulated, which is said wherever figures stand.
        address: of this application as other programs write it; tokens for MCP and A2A are issued for it.
        verify: gives the bearer of a token, for MCP and A2A.
    """
    mcp = McpEndpoint(house, address, verify)
    application = FastAPI(
        title="Mainspring", docs_url=None, redoc_url=None, openapi_url=None, lifespan=_with(loop, mcp)
    )
    application.state.house = house
    application.state.closing = False
    application.state.passwords = Passwords()
    application.state.simulated = simulated
    explain_errors(application)
    application.add_middleware(NotTooOften, clock=house.clock)
    protect(application)
    describe(application)
    application.include_router(page.router)
    application.include_router(session.links)
    application.include_router(people.links)
    for router in (
        health.router,
        session.router,
        people.router,
        preferences.router,
        set_up.router,
        stand_ins.router,
        rights.router,
        approvals.router,
        audit.router,
        appeals.router,
        tasks.router,
        lists.router,
        operations.router,
        case_operations.router,
        running.router,
        batches.router,
        instances.router,
        casefile.router,
        deployments.router,
        decision_models.router,
        live.router,
        employees.router,
        services.router,
        skills.router,
        processes.router,
        measures.router,
        ask.router,
        roi.router,
        plan.router,
        insight.router,
        insight_figures.router,
        insight_mining.router,
        messages.router,
        mail.router,
        notices.router,
        digest.router,
        inquiries.router,
        imports.router,
        bank.router,
        papers.router,
        tables.router,
        links.router,
        customer.router,
        events.router,
    ):
        application.include_router(router, prefix=API)
    application.include_router(customer.page)
    application.include_router(hooks.router)
    mcp.add_to(application)
    add_agents(application, house, address, verify)
    application.mount("/page", StaticFiles(directory=page_folder()), name="page")
    workbench = page.built()
    if workbench is not None:
        application.mount("/assets", StaticFiles(directory=workbench / "assets"), name="assets")
    application.include_router(page.places)
    return application


def page_folder() -> Path:
    """Where the files of the first page are."""
    return Path(str(resources.files("mainspring.web").joinpath("page")))


def _with(loop: Loop | None, mcp: McpEndpoint) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(application: FastAPI) -> AsyncIterator[None]:
        if loop is not None:
            loop.start()
        async with mcp.running():
            yield
            application.state.closing = True
        if loop is not None:
            await run_in_threadpool(loop.stop)

    return lifespan
