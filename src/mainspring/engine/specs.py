"""From a model element's attributes and Zeebe extensions to what the engine needs to run it."""

from mainspring import feel
from mainspring.bpmn import Element, Finding, Model, ModelError
from mainspring.engine.ballots import MODES
from mainspring.engine.formula import Formula, literal
from mainspring.engine.graph import (
    AdHocSpec,
    CallSpec,
    DecisionSpec,
    EventSpec,
    JobSpec,
    LoopSpec,
    Mapping,
    ScriptSpec,
    SignSpec,
    TaskForm,
)

DEFAULT_RETRIES = literal(3)
TIMER_KINDS = {"timeDate": "date", "timeDuration": "duration", "timeCycle": "cycle"}
NAMED_BY = {"signal": "name", "error": "errorCode", "escalation": "escalationCode"}
NAMING = ("target", "resultVariable", "inputElement", "outputCollection")
"""Attributes that give a variable its name."""
JOB_KINDS = {
    "scriptTask": "script",
    "businessRuleTask": "decision",
    "sendTask": "send",
    "intermediateThrowEvent": "send",
    "endEvent": "send",
    "adHocSubProcess": "ad_hoc",
}


class Specs:
    """Reads the parts of one model; the first faulty expression refuses it, naming the element."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.names = _spelled_out(model)

    def formula(self, text: str, owner: Element, *, always_feel: bool = False) -> Formula:
        """Compile an expression of `owner`.

        Raises:
            ModelError: it is no FEEL.
        """
        try:
            return Formula(text, always_feel=always_feel, names=self.names)
        except feel.FeelSyntaxError as error:
            raise self.refused(
                owner, "expression", f"the expression '{text}' is not FEEL: {error}"
            ) from error

    def refused(self, owner: Element, rule: str, message: str) -> ModelError:
        """The refusal of the model for one element."""
        finding = Finding("error", rule, owner.label, message, self.model.source, owner.line)
        return ModelError(
            f"{owner.label}: {message}",
            where=f"{self.model.source}, line {owner.line}",
            mend="Mend the element in the modeller.",
            findings=(finding,),
        )

    def optional(self, element: Element | None, attribute: str) -> Formula | None:
        """An attribute that may hold an expression, or None where it is absent or empty."""
        text = "" if element is None else element.get(attribute)
        return self.formula(text, element) if element is not None and text.strip() else None

    def mappings(self, element: Element, kind: str) -> tuple[Mapping, ...]:
        """Input or output mappings."""
        holder = element.extension("ioMapping")
        if holder is None:
            return ()
        return tuple(
            Mapping(tuple(child.get("target").split(".")), self.formula(child.get("source"), element))
            for child in holder.children
            if child.type == kind
        )

    def job(self, element: Element) -> JobSpec | None:
        """The job of an element with a task definition."""
        definition = element.extension("taskDefinition")
        if definition is None:
            return None
        return JobSpec(
            self.formula(definition.get("type"), element),
            self._retries(definition, element),
            self.headers(element),
            JOB_KINDS.get(element.type, "task"),
            self.optional(element.extension("priorityDefinition"), "priority"),
        )

    def _retries(self, holder: Element, owner: Element) -> Formula:
        text = holder.get("retries").strip()
        return self.formula(text, owner) if text else DEFAULT_RETRIES

    def headers(self, element: Element) -> dict[str, str]:
        """The task headers."""
        holder = element.extension("taskHeaders")
        children = holder.children if holder is not None else []
        return {child.get("key"): child.get("value") for child in children if child.type == "header"}

    def listeners(self, element: Element, event: str) -> tuple[JobSpec, ...]:
        """The execution listeners for `event` (start or end), and task listeners of the creation."""
        found = [
            JobSpec(
                self.formula(child.get("type"), element),
                self._retries(child, element),
                self.headers(element),
                "execution_listener",
            )
            for holder in element.extensions("executionListeners")
            for child in holder.children
            if child.get("eventType") == event
        ]
        if event == "start":
            found.extend(self._task_listeners(element, "creating", "task_listener"))
        return tuple(found)

    def task_listeners(self, element: Element) -> dict[str, tuple[JobSpec, ...]]:
        """The task listeners that are asked before a change, by its kind."""
        found = {
            change: tuple(self._task_listeners(element, change, "change_listener"))
            for change in ("assigning", "updating", "completing")
        }
        found["canceling"] = tuple(self._task_listeners(element, "canceling", "cancel_listener"))
        return {change: listeners for change, listeners in found.items() if listeners}

    def _task_listeners(self, element: Element, change: str, kind: str) -> list[JobSpec]:
        return [
            JobSpec(
                self.formula(child.get("type"), element),
                self._retries(child, element),
                self.headers(element),
                kind,
            )
            for holder in element.extensions("taskListeners")
            for child in holder.children
            if child.get("eventType") == change
        ]

    def task(self, element: Element) -> TaskForm:
        """Who does a user task, until when, with which form."""
        assignment = element.extension("assignmentDefinition")
        schedule = element.extension("taskSchedule")
        form = element.extension("formDefinition")
        reference = None
        for attribute in ("formId", "formKey", "externalReference"):
            reference = reference or self.optional(form, attribute)
        return TaskForm(
            self.optional(assignment, "assignee"),
            self.optional(assignment, "candidateUsers"),
            self.optional(assignment, "candidateGroups"),
            self.optional(schedule, "dueDate"),
            self.optional(schedule, "followUpDate"),
            self.optional(element.extension("priorityDefinition"), "priority"),
            reference,
        )

    def properties(self, element: Element) -> dict[str, str]:
        """The `zeebe:properties`."""
        return {
            child.get("name"): child.get("value")
            for holder in element.extensions("properties")
            for child in holder.children
            if child.type == "property"
        }

    def sign(self, element: Element) -> SignSpec | None:
        """How several people sign a user task (`sign.*` properties), or None where one person does it."""
        given = self.properties(element)
        mode = given.get("sign.mode", "")
        if not mode:
            return None
        if mode not in MODES:
            raise self.refused(element, "sign-mode", f"sign.mode '{mode}' is none of {', '.join(MODES)}")
        if not given.get("sign.approvers", "").strip():
            raise self.refused(element, "sign-approvers", "sign.mode needs sign.approvers, a list of people")
        texts = {name: given.get(f"sign.{name}", "").strip() for name in ("weights", "pass", "veto")}
        parts = {name: self.formula(text, element) if text else None for name, text in texts.items()}
        return SignSpec(
            mode,
            self.formula(given["sign.approvers"], element),
            parts["weights"],
            parts["pass"],
            parts["veto"],
            given.get("sign.result") or "approval",
        )

    def repeatable(self, element: Element) -> bool | None:
        """What `return.allowed` says of the element."""
        said = self.properties(element).get("return.allowed", "").strip().lower()
        return said == "true" if said in {"true", "false"} else None

    def call(self, element: Element) -> CallSpec:
        """Which process a call activity calls."""
        called = element.extension("calledElement")
        attribute = element.get("calledElement")
        process = self.optional(called, "processId") or literal(attribute.split(":")[-1])
        if called is None:
            return CallSpec(process, "latest", None, propagate_parent=True, propagate_child=True)
        return CallSpec(
            process,
            called.get("bindingType") or "latest",
            called.get("versionTag") or None,
            propagate_parent=called.flag("propagateAllParentVariables", default=True),
            propagate_child=called.flag("propagateAllChildVariables", default=True),
        )

    def decision(self, element: Element) -> DecisionSpec | None:
        """Which decision a business-rule task calls."""
        called = element.extension("calledDecision")
        if called is None:
            return None
        return DecisionSpec(
            self.formula(called.get("decisionId"), element),
            called.get("bindingType") or "latest",
            called.get("versionTag") or None,
            called.get("resultVariable"),
        )

    def script(self, element: Element) -> ScriptSpec | None:
        """The FEEL script of a script task: Zeebe's, or BPMN's with a FEEL script format."""
        script = element.extension("script")
        if script is not None:
            expression = self.formula(script.get("expression"), element)
            return ScriptSpec(expression, script.get("resultVariable"))
        text, form = element.value("script"), element.get("scriptFormat").lower()
        if text and "feel" in form:
            return ScriptSpec(self.formula(text, element, always_feel=True), "")
        return None

    def ad_hoc(self, element: Element) -> AdHocSpec:
        """What runs inside an ad-hoc sub-process, and until when."""
        extension = element.extension("adHoc")
        completion = element.value("completionCondition")
        return AdHocSpec(
            self.optional(extension, "activeElementsCollection"),
            self.formula(completion, element, always_feel=True) if completion else None,
            element.flag("cancelRemainingInstances", default=True),
            "" if extension is None else extension.get("outputCollection"),
            self.optional(extension, "outputElement"),
            everything=extension is None and element.extension("taskDefinition") is None,
            sequential=element.get("ordering") == "Sequential",
        )

    def loop(self, element: Element) -> LoopSpec | None:
        """How an activity is repeated."""
        standard = element.first("standardLoopCharacteristics")
        if standard is not None:
            condition, maximum = standard.value("loopCondition"), standard.get("loopMaximum")
            return LoopSpec(
                "standard",
                condition=self.formula(condition, element, always_feel=True) if condition else None,
                test_before=standard.flag("testBefore"),
                maximum=int(maximum) if maximum.strip() else None,
            )
        multi = element.first("multiInstanceLoopCharacteristics")
        if multi is None:
            return None
        zeebe = multi.extension("loopCharacteristics")
        cardinality = multi.value("loopCardinality")
        completion = multi.value("completionCondition")
        return LoopSpec(
            "sequential" if multi.flag("isSequential") else "parallel",
            collection=self.optional(zeebe, "inputCollection"),
            element="" if zeebe is None else zeebe.get("inputElement"),
            cardinality=self.formula(cardinality, element, always_feel=True) if cardinality else None,
            output_collection="" if zeebe is None else zeebe.get("outputCollection"),
            output_element=self.optional(zeebe, "outputElement"),
            completion=self.formula(completion, element, always_feel=True) if completion else None,
            behaviour=multi.get("behavior") or "All",
            event=self._behaviour_event(multi),
            complex=tuple(self._complex(multi, element)),
        )

    def _behaviour_event(self, multi: Element) -> EventSpec | None:
        reference = multi.get("oneBehaviorEventRef") or multi.get("noneBehaviorEventRef")
        definition = self.model.find(reference) if reference else None
        return None if definition is None else self.event(definition)

    def _complex(self, multi: Element, owner: Element) -> list[tuple[Formula, EventSpec | None]]:
        found: list[tuple[Formula, EventSpec | None]] = []
        for entry in multi.all("complexBehaviorDefinition"):
            event = entry.first("event")
            definitions = [self.event(child) for child in event.children] if event is not None else []
            condition = self.formula(entry.value("condition"), owner, always_feel=True)
            found.append((condition, definitions[0] if definitions else None))
        return found

    def events(self, element: Element) -> tuple[EventSpec, ...]:
        """The event definitions of an event, its own and those it refers to."""
        found = [self.event(child) for child in element.children if child.type.endswith("EventDefinition")]
        for reference in element.values("eventDefinitionRef"):
            definition = self.model.find(reference)
            if definition is not None:
                found.append(self.event(definition))
        return tuple(found)

    def event(self, definition: Element) -> EventSpec:
        """One event definition."""
        kind = definition.type.removesuffix("EventDefinition")
        if kind == "message":
            return self.message(self.model.find(definition.get("messageRef")))
        if kind in NAMED_BY:
            return EventSpec(kind, self._named(definition.get(f"{kind}Ref"), NAMED_BY[kind]))
        if kind == "conditional":
            condition = definition.value("condition") or "=false"
            return EventSpec(kind, formula=self.formula(condition, definition, always_feel=True))
        if kind == "timer":
            return self._timer(definition)
        if kind == "link":
            return EventSpec(kind, literal(definition.name))
        return EventSpec(kind, target=definition.get("activityRef"))

    def _timer(self, definition: Element) -> EventSpec:
        for name, timer in TIMER_KINDS.items():
            text = definition.value(name)
            if text:
                return EventSpec("timer", timer=timer, formula=self.formula(text, definition))
        raise self.refused(definition, "timer", "the timer has neither date, duration nor cycle")

    def message(self, message: Element | None) -> EventSpec:
        """A message by its name and correlation key; without a subscription the key is empty."""
        if message is None:
            return EventSpec("message")
        subscription = message.extension("subscription")
        return EventSpec(
            "message",
            self.optional(message, "name") or literal(message.id),
            self.optional(subscription, "correlationKey"),
        )

    def _named(self, reference: str, attribute: str) -> Formula | None:
        target = self.model.find(reference) if reference else None
        if target is None:
            return None
        return self.optional(target, attribute)


def _spelled_out(model: Model) -> frozenset[str]:
    """Names that the model gives to variables and FEEL must know: those with spaces or operators."""
    waiting, found = [model.root], set()
    while waiting:
        element = waiting.pop()
        waiting.extend(element.children)
        given = (element.attributes.get(attribute, "") for attribute in NAMING)
        found |= {part for name in given for part in name.split(".") if part and not part.isidentifier()}
    return frozenset(found)
