"""Tasks: jobs, scripts, decisions, user tasks, sending and receiving."""

from decimal import Decimal

from mainspring.engine import commands as c
from mainspring.engine import events as e
from mainspring.testing.desk import Desk
from mainspring.testing.drawings import Drawing, extend, message


def test_a_service_task_creates_a_job_and_goes_on_when_it_is_done(desk: Desk) -> None:
    drawing = Drawing()
    drawing.job("work", extensions='<zeebe:taskHeaders><zeebe:header key="a" value="b"/></zeebe:taskHeaders>')
    desk.begin(drawing.line("work"))
    [created] = desk.of(e.JobCreated)
    assert (created.type, created.retries, created.headers) == ("work", 3, {"a": "b"})
    desk.do("work", result=1)
    assert desk.ended


def test_a_job_type_may_be_an_expression(desk: Desk) -> None:
    drawing = Drawing()
    drawing.node("serviceTask", "t", extend('<zeebe:taskDefinition type="=kind" retries="=n"/>'))
    desk.begin(drawing.line("t"), kind="special", n=7)
    [created] = desk.of(e.JobCreated)
    assert (created.type, created.retries) == ("special", 7)


def test_a_script_task_puts_the_value_of_its_expression_into_a_variable(desk: Desk) -> None:
    drawing = Drawing()
    drawing.node("scriptTask", "sum", extend('<zeebe:script expression="=a + b" resultVariable="c"/>'))
    drawing.job("look")
    desk.begin(drawing.line("sum", "look"), a=1, b=2)
    assert desk.variables["c"] == 3


GRADES = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="d" name="d" namespace="d">
  <inputData id="i" name="amount"><variable name="amount"/></inputData>
  <decision id="grade" name="grade"><variable name="grade"/>
    <informationRequirement id="r"><requiredInput href="#i"/></informationRequirement>
    <decisionTable id="t" hitPolicy="UNIQUE">
      <input id="c" label="Amount"><inputExpression><text>amount</text></inputExpression></input>
      <output id="o" name="grade"/>
      <rule id="big">
        <inputEntry><text>&gt;= 100</text></inputEntry><outputEntry><text>"A"</text></outputEntry>
      </rule>
      <rule id="small">
        <inputEntry><text>&lt; 100</text></inputEntry><outputEntry><text>"B"</text></outputEntry>
      </rule>
    </decisionTable>
  </decision>
</definitions>"""


def graded() -> Drawing:
    """A decision, then a look."""
    drawing = Drawing()
    called = extend('<zeebe:calledDecision decisionId="grade" resultVariable="result"/>')
    drawing.node("businessRuleTask", "rule", called)
    drawing.job("look")
    return drawing.line("rule", "look")


def test_a_decision_is_taken_with_its_trace_in_the_log(desk: Desk) -> None:
    desk.deploy_decisions(GRADES)
    desk.begin(graded(), amount=250)
    [taken] = desk.of(e.DecisionEvaluated)
    assert (taken.decision, taken.result) == ("grade", "A")
    [table] = [step for step in taken.trace if "rules" in step]
    assert [rule["id"] for rule in table["rules"]] == ["big"]
    assert table["inputs"][0]["value"] == Decimal(250)
    assert desk.variables["result"] == "A"


def test_a_decision_that_is_not_there_is_an_incident_until_it_is(desk: Desk) -> None:
    desk.begin(graded(), amount=5)
    assert desk.incident.kind == "decision"
    desk.deploy_decisions(GRADES)
    desk.resolve()
    assert desk.variables["result"] == "B"


def test_a_user_task_asks_the_people_that_its_expressions_name(desk: Desk) -> None:
    drawing = Drawing()
    drawing.node(
        "userTask",
        "check",
        extend(
            '<zeebe:assignmentDefinition assignee="=boss" candidateGroups="sales, credit"/>'
            '<zeebe:taskSchedule dueDate="2026-02-01T10:00:00Z"/><zeebe:priorityDefinition priority="80"/>'
            '<zeebe:formDefinition formId="form-1"/>'
        ),
        name="Check it",
    )
    desk.begin(drawing.line("check"), boss="ann")
    [task] = desk.of(e.TaskCreated)
    assert (task.name, task.assignee, task.candidate_groups) == ("Check it", "ann", ["sales", "credit"])
    assert (task.priority, task.form, task.due.isoformat()) == (80, "form-1", "2026-02-01T10:00:00+00:00")
    desk.send(c.CompleteTask(task.task, {"ok": True}))
    assert desk.ended


def test_a_send_task_publishes_its_message_with_the_local_variables(desk: Desk) -> None:
    drawing = Drawing()
    drawing.top(message("paid", "=no"))
    mapping = extend('<zeebe:ioMapping><zeebe:input source="=order.no" target="no"/></zeebe:ioMapping>')
    drawing.node("sendTask", "send", mapping, messageRef="m")
    desk.begin(drawing.line("send"), order={"no": "A1"})
    [thrown] = desk.of(e.MessageThrown)
    assert (thrown.name, thrown.correlation_key, thrown.variables) == ("paid", "A1", {"no": "A1"})
    assert desk.ended


def test_a_receive_task_waits_for_its_message(desk: Desk) -> None:
    drawing = Drawing()
    drawing.top(message("paid", "=no"))
    drawing.node("receiveTask", "wait", messageRef="m")
    drawing.job("look")
    desk.begin(drawing.line("wait", "look"), no="A1")
    desk.publish("paid", "B2", {})
    assert desk.open == []
    desk.publish("paid", "A1", {"amount": 5})
    assert desk.open == ["look"]
    assert desk.variables["amount"] == 5


def test_undefined_and_manual_tasks_pass_the_token_on(desk: Desk) -> None:
    drawing = Drawing()
    drawing.node("task", "a")
    drawing.node("manualTask", "b")
    assert desk.begin(drawing.line("a", "b")).ended


def test_input_mappings_are_local_and_output_mappings_decide_what_leaves(desk: Desk) -> None:
    drawing = Drawing()
    drawing.job(
        "work",
        extensions='<zeebe:ioMapping><zeebe:input source="=order.total" target="amount"/>'
        '<zeebe:output source="=fee * 2" target="order.fee"/></zeebe:ioMapping>',
    )
    drawing.job("look")
    desk.begin(drawing.line("work", "look"), order={"total": 10})
    job = next(iter(desk.jobs.values()))
    assert desk.state.variables(job.created.key)["amount"] == 10
    desk.do("work", fee=Decimal(3), noise="x")
    assert desk.variables["order"] == {"total": 10, "fee": 6}
    assert "noise" not in desk.variables
    assert "amount" not in desk.variables


def test_without_output_mappings_results_go_to_the_nearest_scope_that_has_them(desk: Desk) -> None:
    drawing = Drawing()
    mapping = extend('<zeebe:ioMapping><zeebe:input source="=1" target="x"/></zeebe:ioMapping>')
    with drawing.inside("subProcess", "sub", mapping):
        drawing.node("startEvent", "s")
        drawing.job("work")
        drawing.job("inner")
        drawing.node("endEvent", "e")
        drawing.path("s", "work", "inner", "e")
    drawing.job("look")
    desk.begin(drawing.line("sub", "look"))
    desk.do("work", x=2, y=3).do("inner")
    assert desk.variables == {"y": 3}


def test_execution_listeners_run_before_and_after_the_work(desk: Desk) -> None:
    drawing = Drawing()
    drawing.job(
        "work",
        extensions='<zeebe:executionListeners><zeebe:executionListener eventType="start" type="before"/>'
        '<zeebe:executionListener eventType="end" type="after"/></zeebe:executionListeners>',
    )
    desk.begin(drawing.line("work"))
    for expected in ("before", "work", "after"):
        assert desk.open == [expected]
        desk.do(expected)
    assert desk.ended


def test_a_send_task_in_a_multi_instance_publishes_once_an_item(desk: Desk) -> None:
    drawing = Drawing()
    drawing.top(message("paid", "=a.no"))
    loop = extend('<zeebe:loopCharacteristics inputCollection="=list" inputElement="a"/>')
    drawing.node(
        "sendTask",
        "send",
        f"<multiInstanceLoopCharacteristics>{loop}</multiInstanceLoopCharacteristics>",
        messageRef="m",
    )
    desk.begin(drawing.line("send"), list=[{"no": "1"}, {"no": "2"}])
    assert [(m.correlation_key, m.variables) for m in desk.of(e.MessageThrown)] == [
        ("1", {"a": {"no": "1"}}),
        ("2", {"a": {"no": "2"}}),
    ]


def test_a_variable_may_have_the_name_of_a_built_in_function(desk: Desk) -> None:
    drawing = Drawing()
    drawing.node(
        "scriptTask", "s", extend('<zeebe:script expression="=count + number" resultVariable="sum"/>')
    )
    drawing.job("look")
    desk.begin(drawing.line("s", "look"), count=2, number=3)
    assert desk.variables["sum"] == 5
