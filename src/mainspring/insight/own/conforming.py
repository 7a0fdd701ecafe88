"""Our own cases against a model: another version, or the one in force where cases were moved by hand."""

from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy import select

from mainspring.insight import happened
from mainspring.insight.log.build import Coded, build
from mainspring.insight.log.report import Place, Report
from mainspring.insight.log.rows import ListColumns
from mainspring.insight.mine.net import ACTIVITIES
from mainspring.insight.own.facts import Facts
from mainspring.store import Tx
from mainspring.store.log import events
from mainspring.store.types import to_micros

if TYPE_CHECKING:
    from mainspring.bpmn import Model
    from mainspring.insight.log import Log


def log_for(tx: Tx, facts: Facts, model: "Model") -> "Log":
    """Every activity completed in the ended cases themselves, also those that the system did by itself.

    Activities are those of any version: what was done and is not in the model counts as a deviation.

    Raises:
        LogError: no case has ended yet.
    """
    known = {element.id for kind in ACTIVITIES for element in model.elements(kind)}
    known |= {visit.element for visit in facts.visits if visit.process == facts.process}
    e, cases = events.c, happened.roots(tx, (facts.process,)).subquery()
    query = (
        select(e.instance, e.element, e.at)
        .join(cases, cases.c.key == e.instance)
        .where(
            e.tenant_id == tx.tenant,
            e.type == "ElementCompleted",
            e.process_instance == e.instance,
            cases.c.state == "completed",
        )
        .order_by(e.instance, e.seq)
    )
    rows = [row for row in tx.all(query) if row.element in known and row.instance in facts.cases]
    of_case = [facts.cases[row.instance] for row in rows]
    names = sorted({name for case in of_case for name in case.known})
    return build(
        Coded.texts([case.number for case in of_case]),
        Coded.texts([row.element for row in rows]),
        np.array([to_micros(row.at) for row in rows], np.int64),
        columns=ListColumns(
            {"customer": [case.customer for case in of_case]}
            | {name: [case.known.get(name) for case in of_case] for name in names}
        ),
        report=Report(facts.process),
        row=lambda place: Place(0, 0, f"event {place + 1}"),
    )
