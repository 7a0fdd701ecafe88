"""Sub-processes, call activities, transactions, ad-hoc sub-processes, compensation."""

from mainspring.engine import commands as c
from mainspring.engine import events as e
from mainspring.testing.desk import Desk
from mainspring.testing.drawings import Drawing, extend


def called(process_id: str = "child", **mappings: str) -> Drawing:
    """A process with one job, to be called."""
    drawing = Drawing(process_id)
    drawing.node("startEvent", "cs")
    drawing.job("inner")
    drawing.node("endEvent", "ce")
    drawing.path("cs", "inner", "ce")
    del mappings
    return drawing


def test_a_call_activity_hands_variables_down_and_back(desk: Desk) -> None:
    desk.deploy(called().xml())
    drawing = Drawing()
    drawing.node("callActivity", "call", extend('<zeebe:calledElement processId="child"/>'))
    drawing.job("look")
    desk.begin(drawing.line("call", "look"), a=1)
    child = next(event for event in desk.of(e.InstanceStarted) if event.parent is not None)
    assert desk.state.elements[child.key].variables == {"a": 1}
    desk.do("inner", b=2)
    assert desk.variables == {"a": 1, "b": 2}


def test_a_call_activity_that_keeps_its_variables_gives_only_what_is_mapped(desk: Desk) -> None:
    desk.deploy(called().xml())
    drawing = Drawing()
    drawing.node(
        "callActivity",
        "call",
        extend(
            '<zeebe:calledElement processId="child" propagateAllParentVariables="false" '
            'propagateAllChildVariables="false"/><zeebe:ioMapping><zeebe:input source="=a" target="x"/>'
            '<zeebe:output source="=b + 1" target="c"/></zeebe:ioMapping>'
        ),
    )
    drawing.job("look")
    desk.begin(drawing.line("call", "look"), a=1, z=9)
    child = next(event for event in desk.of(e.InstanceStarted) if event.parent is not None)
    assert desk.state.elements[child.key].variables == {"x": 1}
    desk.do("inner", b=2)
    assert desk.variables == {"a": 1, "z": 9, "c": 3}


def test_calling_a_process_that_is_not_there_is_an_incident_until_it_is(desk: Desk) -> None:
    drawing = Drawing()
    drawing.node("callActivity", "call", extend('<zeebe:calledElement processId="child"/>'))
    desk.begin(drawing.line("call"))
    assert desk.incident.kind == "called_element"
    desk.deploy(called().xml())
    desk.resolve()
    assert desk.do("inner").ended


def test_a_process_that_calls_itself_for_ever_stops_with_an_incident(desk: Desk) -> None:
    drawing = Drawing()
    drawing.node("callActivity", "call", extend('<zeebe:calledElement processId="p"/>'))
    desk.reload = False
    desk.begin(drawing.line("call"))
    assert desk.incident.kind == "called_element"


def test_an_error_crosses_a_call_activity(desk: Desk) -> None:
    desk.deploy(called().xml())
    drawing = Drawing()
    drawing.node("callActivity", "call", extend('<zeebe:calledElement processId="child"/>'))
    drawing.node("boundaryEvent", "edge", "<errorEventDefinition/>", attachedToRef="call")
    drawing.job("caught")
    drawing.line("call")
    drawing.path("edge", "caught", "end")
    desk.begin(drawing)
    [job] = desk.jobs
    desk.send(c.ThrowJobError(job, "E"))
    assert desk.open == ["caught"]
    assert len(desk.of(e.InstanceTerminated)) == 1


def undoable(drawing: Drawing, name: str, undo: str) -> None:
    """A job with a compensation handler."""
    drawing.job(name)
    drawing.node("boundaryEvent", f"b_{name}", "<compensateEventDefinition/>", attachedToRef=name)
    drawing.job(undo, isForCompensation="true")
    drawing.node("association", f"a_{name}", sourceRef=f"b_{name}", targetRef=undo)


def test_compensation_undoes_the_latest_first_and_then_goes_on(desk: Desk) -> None:
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node("endEvent", "end")
    undoable(drawing, "book", "unbook")
    undoable(drawing, "pay", "refund")
    drawing.node("intermediateThrowEvent", "undo", "<compensateEventDefinition/>")
    drawing.job("look")
    drawing.path("start", "book", "pay", "undo", "look", "end")
    desk.begin(drawing, n=1)
    desk.do("book").do("pay")
    assert desk.open == ["refund"]
    assert desk.do("refund").open == ["unbook"]
    assert desk.do("unbook").open == ["look"]


def test_compensation_of_one_activity_leaves_the_others(desk: Desk) -> None:
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node("endEvent", "end")
    undoable(drawing, "book", "unbook")
    undoable(drawing, "pay", "refund")
    drawing.node("intermediateThrowEvent", "undo", '<compensateEventDefinition activityRef="book"/>')
    drawing.path("start", "book", "pay", "undo", "end")
    desk.begin(drawing)
    desk.do("book").do("pay")
    assert desk.open == ["unbook"]
    assert desk.do("unbook").ended


def test_what_was_not_done_is_not_undone(desk: Desk) -> None:
    drawing = Drawing()
    undoable(drawing, "book", "unbook")
    drawing.node("intermediateThrowEvent", "undo", "<compensateEventDefinition/>")
    drawing.node("startEvent", "start")
    drawing.node("endEvent", "end")
    drawing.path("start", "undo", "book", "end")
    desk.begin(drawing)
    assert desk.open == ["book"]


def test_the_activities_of_a_completed_subprocess_are_undone_from_outside(desk: Desk) -> None:
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node("endEvent", "end")
    with drawing.inside("subProcess", "sub"):
        drawing.node("startEvent", "s")
        drawing.node("endEvent", "e")
        undoable(drawing, "book", "unbook")
        drawing.path("s", "book", "e")
    drawing.node("intermediateThrowEvent", "undo", "<compensateEventDefinition/>")
    drawing.path("start", "sub", "undo", "end")
    desk.begin(drawing)
    desk.do("book")
    assert desk.open == ["unbook"]
    assert desk.do("unbook").ended


def test_a_cancelled_transaction_is_undone_before_its_boundary_goes_on(desk: Desk) -> None:
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node("endEvent", "end")
    with drawing.inside("transaction", "deal"):
        drawing.node("startEvent", "s")
        undoable(drawing, "book", "unbook")
        drawing.job("slow")
        drawing.node("endEvent", "e")
        drawing.node("endEvent", "cancel", "<cancelEventDefinition/>")
        drawing.path("s", "book", "cancel")
        drawing.path("s", "slow", "e")
    drawing.node("boundaryEvent", "edge", "<cancelEventDefinition/>", attachedToRef="deal")
    drawing.job("sorry")
    drawing.path("start", "deal", "end")
    drawing.path("edge", "sorry", "end")
    desk.begin(drawing)
    desk.do("book")
    assert desk.open == ["unbook"]
    assert desk.do("unbook").open == ["sorry"]
    assert desk.do("sorry").ended


def ad_hoc(attributes: str, inner: str = "", job: str = "") -> Drawing:
    """An ad-hoc sub-process with two jobs."""
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node("endEvent", "end")
    with drawing.inside("adHocSubProcess", "tools", extend(job + f"<zeebe:adHoc {attributes}/>") + inner):
        drawing.job("search")
        drawing.job("mail")
    drawing.job("look")
    drawing.path("start", "tools", "look", "end")
    return drawing


def test_an_ad_hoc_subprocess_activates_what_its_collection_names(desk: Desk) -> None:
    desk.begin(ad_hoc('activeElementsCollection="=chosen"'), chosen=["mail"])
    assert desk.open == ["mail"]
    assert desk.do("mail").open == ["look"]


def test_an_ad_hoc_subprocess_ends_when_its_condition_holds(desk: Desk) -> None:
    condition = "<completionCondition>=enough</completionCondition>"
    desk.begin(
        ad_hoc('activeElementsCollection="=chosen"', condition), chosen=["mail", "search"], enough=False
    )
    desk.do("mail", enough=True)
    assert desk.open == ["look"]


def test_the_worker_of_an_ad_hoc_subprocess_chooses_its_tools(desk: Desk) -> None:
    desk.begin(
        ad_hoc(
            'outputCollection="results" outputElement="=answer"', "", '<zeebe:taskDefinition type="agent"/>'
        )
    )
    [job] = desk.jobs
    chosen = {"activate": [{"element": "search", "variables": {"query": "bolts"}}]}
    desk.send(c.CompleteJob(job, {}, chosen))
    assert desk.open == ["search"]
    search = desk.record("search")
    assert search.variables == {"query": "bolts"}
    desk.do("search", answer=42)
    assert desk.open == ["agent"]
    [job] = desk.jobs
    desk.send(c.CompleteJob(job, {}, {"complete": True}))
    assert desk.open == ["look"]
    assert desk.variables["results"] == [42]


def test_an_operator_activates_an_activity_of_an_ad_hoc_subprocess(desk: Desk) -> None:
    condition = "<completionCondition>=false</completionCondition>"
    desk.begin(ad_hoc('activeElementsCollection="=[]"', condition))
    assert desk.open == []
    key = desk.record("tools").key
    desk.send(c.ActivateAdHoc(key, (("mail", {"to": "a"}),)))
    assert desk.open == ["mail"]


def test_a_completion_condition_that_is_no_condition_can_be_mended(desk: Desk) -> None:
    condition = "<completionCondition>=enough</completionCondition>"
    desk.begin(ad_hoc('activeElementsCollection="=chosen"', condition), chosen=["mail", "search"])
    desk.do("mail")
    assert desk.incident.kind == "condition"
    desk.send(c.SetVariables(desk.root, {"enough": True}))
    desk.resolve()
    assert desk.open == ["look"]


def test_what_a_cancelled_scope_could_undo_is_forgotten(desk: Desk) -> None:
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node("endEvent", "end")
    with drawing.inside("subProcess", "outer"):
        drawing.node("startEvent", "s")
        drawing.node("endEvent", "e")
        undoable(drawing, "book", "unbook")
        drawing.job("slow")
        drawing.path("s", "book", "slow", "e")
    drawing.path("start", "outer", "end")
    desk.begin(drawing)
    desk.do("book")
    assert len(desk.state.compensations) == 1
    desk.send(c.CancelInstance(desk.root))
    assert desk.state.compensations == {}
