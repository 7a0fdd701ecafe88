"""The company's plan: landscape with genes from the deployed models, scenes, autonomy, the next 180 days."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import func, select

from mainspring.app.house import House
from mainspring.app.measures import figures_of
from mainspring.app.worth import demand_planner
from mainspring.base import xml
from mainspring.govern import company_texts
from mainspring.govern.principal import Principal
from mainspring.govern.tables import calls
from mainspring.insight import plan
from mainspring.insight.improve.tables import improvements
from mainspring.insight.measures import Measures
from mainspring.insight.plan.autonomy import HALF
from mainspring.runtime import queries
from mainspring.store import log
from mainspring.store.process_tables import instances

PLAN = "plan"
_FACTORS = {
    "gene.role": "role",
    "gene.object": "object",
    "gene.data": "data",
    "gene.rules": "standards",
    "gene.tools": "tools",
    "gene.feasibility": "technique",
}
"""The six factors as models keep them, and as the landscape calls them."""


class PlanText(NamedTuple):
    """The plan in force; number 0 is the one that ships, as the demo company judged it."""

    number: int
    text: str
    by: str


def plan_of(house: House) -> PlanText:
    """The company's own plan, or the one that ships."""
    with house.store.read() as tx:
        own = company_texts.newest(tx, PLAN)
    return PlanText(0, house.pack.texts[PLAN], "") if own is None else PlanText(own.number, own.text, own.by)


def put_plan(house: House, landscape: plan.Landscape, by: Principal) -> PlanText:
    """Put a plan in force; earlier versions stay.

    Raises:
        Denied: this person may not plan.
    """
    demand_planner(house, by)
    with house.store.write() as tx:
        made = company_texts.put(tx, PLAN, plan.written(landscape), by=by, now=house.clock())
    return PlanText(made.number, made.text, made.by)


def landscape_of(house: House) -> plan.Landscape:
    """The landscape in force; what a row leaves out of its AI gene comes from the model of its activity."""
    landscape = plan.read(plan_of(house).text, "the plan in force")
    genes = _genes(house)
    nodes = tuple(_with_gene(node, genes.get((node.process, node.activity), {})) for node in landscape.nodes)
    return landscape.model_copy(update={"nodes": nodes})


def planned(house: House, start: date | None = None) -> dict[str, Any]:
    """The plan as people read it: rows, scenes in their quadrants, autonomy of each process, steps.

    Args:
        house: whose plan, and whose log measures it.
        start: the first day; today by default.
    """
    landscape = landscape_of(house)
    found = plan.scenes(landscape)
    processes = sorted({node.process for node in landscape.nodes if node.process})
    figures = {process: _figures(house, process) for process in processes}
    measured = {
        (process, element): {"penetration": node.penetration, "aar": node.aar}
        for process, one in figures.items()
        for element, node in one.nodes.items()
    }
    steps = plan.roadmap(found, measured, start or house.clock().date())
    return {
        "number": plan_of(house).number,
        "weights": landscape.weights.of(),
        "nodes": [
            {"node": node.model_dump(), "title": node.title, "path": node.path} for node in landscape.nodes
        ],
        "scenes": [_scene(one) for one in found],
        "autonomy": [
            {"process": process} | asdict(plan.autonomy(_facts(house, process, one)))
            for process, one in figures.items()
        ],
        "steps": [asdict(step) | {"scene": _scene(step.scene)} for step in steps],
    }


def _scene(one: plan.Scene) -> dict[str, Any]:
    known = asdict(one)
    del known["node"]
    return known | {"title": one.node.title, "process": one.node.process, "activity": one.node.activity}


def _figures(house: House, process: str) -> Measures:
    with house.store.read() as tx:
        newest = log.last_position(tx)
    return figures_of(house, (process,), newest)


def _facts(house: House, process: str, figures: Measures) -> plan.Facts:
    c, i, found = calls.c, instances.c, improvements.c
    operation = (
        select(c.operation)
        .join(i.key.table, (i.tenant_id == c.tenant_id) & (i.key == c.instance))
        .where(c.tenant_id == house.store.tenant, c.actor_kind == "agent", c.outcome == "ok")
        .where(i.process_id == process)
        .distinct()
    )
    states = (
        select(found.state, func.count().label("number"))
        .where(found.tenant_id == house.store.tenant, found.process_id == process)
        .group_by(found.state)
    )
    with house.store.read() as tx:
        services = {row.operation.partition(".")[0] for row in tx.all(operation)}
        counts = {row.state: row.number for row in tx.all(states)}
    nodes = figures.nodes.values()
    return plan.Facts(
        ai_nodes=sum(node.calls_by_ai > 0 for node in nodes),
        led_nodes=sum(node.penetration is not None and node.penetration >= HALF for node in nodes),
        nodes=len(figures.nodes),
        aar=figures.aar,
        services=len(services),
        proposals=sum(counts.values()),
        measured_gains=counts.get("measured", 0),
    )


def _with_gene(node: plan.Node, gene: Mapping[str, str]) -> plan.Node:
    missing = {name: value for name, value in gene.items() if not getattr(node, name)}
    return node.model_copy(update=missing) if missing else node


def _genes(house: House) -> dict[tuple[str, str], dict[str, str]]:
    """By process and activity: the AI gene that the deployed models keep."""
    with house.store.read() as tx:
        models = {one: queries.source(tx, one.key) for one in queries.deployed(tx, kind="process")}
    found: dict[tuple[str, str], dict[str, str]] = {}
    for one, source in models.items():
        for gene in xml.parse(source, one.file).iter("{*}property"):
            factor = _FACTORS.get(gene.get("name") or "")
            owner = next(gene.iterancestors("{*}extensionElements")).getparent()
            if factor is not None and owner is not None:
                found.setdefault((one.id, owner.get("id") or ""), {})[factor] = gene.get("value") or ""
    return found
