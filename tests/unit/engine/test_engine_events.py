"""Events: timers, messages, signals, errors, escalations, conditions, links, terminate."""

import pytest

from mainspring.engine import commands as c
from mainspring.engine import events as e
from mainspring.testing.desk import Desk
from mainspring.testing.drawings import Drawing, extend, message, timer

SIGNAL = '<signal id="sig" name="alarm"/>'
ERROR = '<error id="err" name="E" errorCode="E-1"/>'
ESCALATION = '<escalation id="esc" name="X" escalationCode="X-1"/>'


def with_boundary(definition: str, **attributes: str) -> Drawing:
    """A job `work` with a boundary event that leads to a job `caught`."""
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node("endEvent", "end")
    drawing.job("work")
    drawing.node("boundaryEvent", "edge", definition, attachedToRef="work", **attributes)
    drawing.job("caught")
    drawing.path("start", "work", "end")
    drawing.path("edge", "caught", "end")
    return drawing


def with_event_subprocess(definition: str, *, interrupting: bool = True) -> Drawing:
    """A job `work` in a sub-process whose event sub-process does `caught`; then `look`."""
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node("endEvent", "end")
    with drawing.inside("subProcess", "sub"):
        drawing.node("startEvent", "s")
        drawing.job("work")
        drawing.node("endEvent", "e")
        drawing.path("s", "work", "e")
        with drawing.inside("subProcess", "handler", triggeredByEvent="true"):
            drawing.node("startEvent", "hs", definition, isInterrupting="true" if interrupting else "false")
            drawing.job("caught")
            drawing.node("endEvent", "he")
            drawing.path("hs", "caught", "he")
    drawing.job("look")
    drawing.path("start", "sub", "look", "end")
    return drawing


def test_a_timer_event_waits_for_its_duration(desk: Desk) -> None:
    drawing = Drawing()
    drawing.node("intermediateCatchEvent", "wait", timer("timeDuration", "PT1H"))
    desk.begin(drawing.line("wait"))
    desk.advance(3599, {})
    assert not desk.ended
    desk.advance(1, {})
    assert desk.ended


def test_a_timer_event_may_wait_for_a_date_from_a_variable(desk: Desk) -> None:
    drawing = Drawing()
    drawing.node("intermediateCatchEvent", "wait", timer("timeDate", "=when"))
    desk.begin(drawing.line("wait"), when="2026-01-03T00:00:00Z")
    [scheduled] = desk.of(e.TimerScheduled)
    assert scheduled.due.isoformat() == "2026-01-03T00:00:00+00:00"


def test_a_timer_that_is_no_time_is_an_incident_and_nothing_is_left_open(desk: Desk) -> None:
    drawing = Drawing()
    drawing.node("intermediateCatchEvent", "wait", timer("timeDate", "=when"))
    desk.begin(drawing.line("wait"), when="tomorrow")
    assert desk.incident.kind == "timer"
    assert not desk.state.timers
    desk.send(c.SetVariables(desk.root, {"when": "2026-01-02T00:00:00Z"}))
    desk.resolve()
    desk.advance(86400, {})
    assert desk.ended


def test_an_interrupting_boundary_timer_ends_the_work(desk: Desk) -> None:
    desk.begin(with_boundary(timer("timeDuration", "PT1H")))
    desk.advance(3600, {})
    assert desk.open == ["caught"]
    assert [event.element for event in desk.of(e.ElementTerminated)] == ["work"]
    assert desk.do("caught").ended


def test_a_repeating_boundary_timer_fires_as_often_as_it_says(desk: Desk) -> None:
    desk.begin(with_boundary(timer("timeCycle", "R3/PT1H"), cancelActivity="false"))
    desk.advance(10 * 3600, {})
    assert desk.open == ["caught", "caught", "caught", "work"]
    desk.do("caught").do("caught").do("caught").do("work")
    assert desk.ended


def test_work_that_ends_in_time_closes_its_boundary_events(desk: Desk) -> None:
    desk.begin(with_boundary(timer("timeDuration", "PT1H")))
    assert desk.do("work").ended
    assert len(desk.of(e.TimerCanceled)) == 1


def test_a_message_boundary_that_does_not_interrupt_may_come_again(desk: Desk) -> None:
    drawing = with_boundary('<messageEventDefinition messageRef="m"/>', cancelActivity="false")
    drawing.top(message("more", "=no"))
    desk.begin(drawing, no="1")
    desk.publish("more", "1", {})
    desk.publish("more", "1", {})
    assert desk.open == ["caught", "caught", "work"]


def test_a_worker_error_is_caught_by_code_before_the_boundary_for_all(desk: Desk) -> None:
    drawing = with_boundary('<errorEventDefinition errorRef="err"/>')
    drawing.top(ERROR)
    drawing.node("boundaryEvent", "all", "<errorEventDefinition/>", attachedToRef="work")
    drawing.job("other")
    drawing.path("all", "other", "end")
    desk.begin(drawing)
    [job] = desk.jobs
    desk.send(c.ThrowJobError(job, "E-1", "broken", {"detail": "d"}))
    assert desk.open == ["caught"]
    assert desk.variables["detail"] == "d"
    [caught] = desk.of(e.ErrorCaught)
    assert (caught.catcher, caught.code) == ("edge", "E-1")


def test_an_error_that_nobody_catches_is_an_incident(desk: Desk) -> None:
    desk.begin(with_boundary(timer("timeDuration", "PT1H")))
    [job] = desk.jobs
    desk.send(c.ThrowJobError(job, "E-9"))
    assert desk.incident.kind == "error"
    desk.resolve()
    assert desk.open == ["work"]


def test_an_error_end_event_is_caught_outside_its_subprocess(desk: Desk) -> None:
    drawing = Drawing()
    drawing.top(ERROR)
    drawing.node("startEvent", "start")
    drawing.node("endEvent", "end")
    with drawing.inside("subProcess", "sub"):
        drawing.node("startEvent", "s")
        drawing.node("endEvent", "fail", '<errorEventDefinition errorRef="err"/>')
        drawing.path("s", "fail")
    drawing.node("boundaryEvent", "edge", '<errorEventDefinition errorRef="err"/>', attachedToRef="sub")
    drawing.job("caught")
    drawing.path("start", "sub", "end")
    drawing.path("edge", "caught", "end")
    assert desk.begin(drawing).open == ["caught"]


@pytest.mark.parametrize(
    "definition", [timer("timeDuration", "PT1H"), '<signalEventDefinition signalRef="sig"/>']
)
def test_an_interrupting_event_subprocess_takes_its_scope_over(desk: Desk, definition: str) -> None:
    drawing = with_event_subprocess(definition)
    drawing.top(SIGNAL)
    desk.begin(drawing)
    desk.advance(3600, {})
    desk.broadcast("alarm")
    assert desk.open == ["caught"]
    desk.do("caught")
    assert desk.do("look").ended


def test_an_event_subprocess_that_does_not_interrupt_runs_beside(desk: Desk) -> None:
    drawing = with_event_subprocess('<signalEventDefinition signalRef="sig"/>', interrupting=False)
    drawing.top(SIGNAL)
    desk.begin(drawing)
    desk.broadcast("alarm")
    desk.broadcast("alarm")
    assert desk.open == ["caught", "caught", "work"]
    desk.do("work").do("caught")
    assert desk.open == ["caught"]
    assert desk.do("caught").open == ["look"]


def test_an_error_event_subprocess_catches_what_its_scope_throws(desk: Desk) -> None:
    drawing = with_event_subprocess('<errorEventDefinition errorRef="err"/>')
    drawing.top(ERROR)
    desk.begin(drawing)
    [job] = desk.jobs
    desk.send(c.ThrowJobError(job, "E-1"))
    assert desk.open == ["caught"]


def test_an_error_inside_its_own_handler_goes_outwards(desk: Desk) -> None:
    drawing = with_event_subprocess('<errorEventDefinition errorRef="err"/>')
    drawing.top(ERROR)
    desk.begin(drawing)
    [job] = desk.jobs
    desk.send(c.ThrowJobError(job, "E-1"))
    [again] = desk.jobs
    desk.send(c.ThrowJobError(again, "E-1"))
    assert desk.incident.kind == "error"


def test_an_escalation_reaches_a_boundary_without_ending_the_work(desk: Desk) -> None:
    drawing = Drawing()
    drawing.top(ESCALATION)
    drawing.node("startEvent", "start")
    drawing.node("endEvent", "end")
    with drawing.inside("subProcess", "sub"):
        drawing.node("startEvent", "s")
        drawing.node("intermediateThrowEvent", "raise", '<escalationEventDefinition escalationRef="esc"/>')
        drawing.job("work")
        drawing.node("endEvent", "e")
        drawing.path("s", "raise", "work", "e")
    drawing.node(
        "boundaryEvent",
        "edge",
        '<escalationEventDefinition escalationRef="esc"/>',
        attachedToRef="sub",
        cancelActivity="false",
    )
    drawing.job("caught")
    drawing.path("start", "sub", "end")
    drawing.path("edge", "caught", "end")
    assert desk.begin(drawing).open == ["caught", "work"]


def test_a_conditional_boundary_goes_off_when_a_variable_makes_it_true(desk: Desk) -> None:
    condition = '<condition xsi:type="tFormalExpression">=stock &lt; 5</condition>'
    desk.begin(
        with_boundary(f"<conditionalEventDefinition>{condition}</conditionalEventDefinition>"), stock=9
    )
    desk.send(c.SetVariables(desk.root, {"stock": 7}))
    assert desk.open == ["work"]
    desk.send(c.SetVariables(desk.root, {"stock": 3}))
    assert desk.open == ["caught"]


def test_a_link_goes_on_at_its_catch_event(desk: Desk) -> None:
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node("intermediateThrowEvent", "out", '<linkEventDefinition name="L"/>')
    drawing.node("intermediateCatchEvent", "in", '<linkEventDefinition name="L"/>')
    drawing.job("work")
    drawing.node("endEvent", "end")
    drawing.path("start", "out")
    drawing.path("in", "work", "end")
    desk.begin(drawing)
    assert desk.open == ["work"]
    assert desk.do("work").ended


def test_a_terminate_end_event_ends_everything_in_its_scope(desk: Desk) -> None:
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.job("long")
    drawing.job("short")
    drawing.node("endEvent", "end")
    drawing.node("endEvent", "stop", "<terminateEventDefinition/>")
    drawing.path("start", "long", "end")
    drawing.path("start", "short", "stop")
    desk.begin(drawing)
    assert desk.do("short").ended
    assert len(desk.of(e.JobCanceled)) == 1


def test_a_signal_is_heard_by_the_thrower_s_own_stream_and_by_others(desk: Desk) -> None:
    listener = Drawing("listener")
    listener.top(SIGNAL)
    listener.node("startEvent", "start", '<signalEventDefinition signalRef="sig"/>')
    listener.job("heard")
    listener.node("endEvent", "end")
    listener.path("start", "heard", "end")
    desk.deploy(listener.xml())
    drawing = with_boundary('<signalEventDefinition signalRef="sig"/>')
    drawing.top(SIGNAL)
    drawing.node("intermediateThrowEvent", "alarm", '<signalEventDefinition signalRef="sig"/>')
    drawing.path("start", "alarm", "end")
    desk.begin(drawing)
    assert desk.open == ["caught", "heard"]


def test_a_message_starts_a_process_with_its_variables(desk: Desk) -> None:
    drawing = Drawing()
    drawing.top(message("order"))
    drawing.node("startEvent", "start", '<messageEventDefinition messageRef="m"/>')
    drawing.job("work")
    drawing.node("endEvent", "end")
    drawing.path("start", "work", "end")
    desk.deploy(drawing.xml())
    desk.publish("order", "", {"no": "7"})
    [desk.root] = desk.streams
    assert desk.open == ["work"]
    assert desk.variables["no"] == "7"


def test_a_message_is_kept_for_a_receiver_that_comes_later(desk: Desk) -> None:
    drawing = Drawing()
    drawing.top(message("paid", "=no"))
    drawing.node("intermediateCatchEvent", "wait", '<messageEventDefinition messageRef="m"/>')
    first = drawing.job("work")
    desk.begin(drawing.line(first, "wait"), no="1")
    desk.publish("paid", "1", {}, seconds=60)
    assert desk.do("work").ended


def test_output_mappings_of_an_error_boundary_see_code_and_message(desk: Desk) -> None:
    mapping = extend('<zeebe:ioMapping><zeebe:output source="=errorMessage" target="why"/></zeebe:ioMapping>')
    desk.begin(with_boundary(mapping + "<errorEventDefinition/>"))
    [job] = desk.jobs
    desk.send(c.ThrowJobError(job, "E-1", "broken"))
    assert desk.variables["why"] == "broken"


def test_a_receive_task_with_boundary_events_waits_for_all_of_them(desk: Desk) -> None:
    drawing = Drawing()
    drawing.top(message("paid", "=no"))
    drawing.node("receiveTask", "pay", messageRef="m")
    drawing.node(
        "boundaryEvent", "late", timer("timeDuration", "P3D"), attachedToRef="pay", cancelActivity="false"
    )
    drawing.job("remind")
    drawing.line("pay")
    drawing.path("late", "remind", "end")
    desk.begin(drawing, no="1")
    desk.advance(3 * 86400, {})
    assert desk.open == ["remind"]
    desk.publish("paid", "1", {})
    assert desk.do("remind").ended


def test_a_subprocess_waits_for_its_boundary_and_its_event_subprocess(desk: Desk) -> None:
    drawing = with_event_subprocess('<signalEventDefinition signalRef="sig"/>', interrupting=False)
    drawing.top(SIGNAL)
    drawing.node("boundaryEvent", "late", timer("timeDuration", "PT1H"), attachedToRef="sub")
    drawing.job("gave_up")
    drawing.path("late", "gave_up", "end")
    desk.begin(drawing)
    desk.broadcast("alarm")
    assert desk.open == ["caught", "work"]
    desk.advance(3600, {})
    assert desk.open == ["gave_up"]


def test_a_timer_fault_of_an_event_subprocess_leaves_nothing_half_open(desk: Desk) -> None:
    drawing = with_event_subprocess(timer("timeDuration", "=patience"), interrupting=False)
    drawing.node("boundaryEvent", "late", timer("timeDuration", "PT1H"), attachedToRef="sub")
    drawing.path("late", "end")
    desk.begin(drawing, patience="long")
    assert desk.incident.kind == "timer"
    assert desk.state.timers == {}
    desk.send(c.SetVariables(desk.root, {"patience": "PT5M"}))
    desk.resolve()
    assert len(desk.state.timers) == 2


def test_a_condition_that_holds_goes_off_again_only_when_its_variable_is_set(desk: Desk) -> None:
    condition = '<condition xsi:type="tFormalExpression">=stock &lt; 5</condition>'
    definition = f"<conditionalEventDefinition>{condition}</conditionalEventDefinition>"
    drawing = with_boundary(definition, cancelActivity="false")
    drawing.node("boundaryEvent", "slow", timer("timeDuration", "PT1H"), attachedToRef="caught")
    drawing.path("slow", "end")
    desk.begin(drawing, stock=3)
    assert desk.open == ["caught", "work"]
    desk.send(c.SetVariables(desk.root, {"other": 1}))
    assert desk.open == ["caught", "work"]
    desk.send(c.SetVariables(desk.root, {"stock": 2}))
    assert desk.open == ["caught", "caught", "work"]
