"""Rules about data: inputs and outputs, data associations, item definitions (BPMN 2.0, 8.3.12, 10.4)."""

from collections import Counter

from mainspring.bpmn.model import Element
from mainspring.bpmn.names import EVENTS
from mainspring.bpmn.rules.survey import Messages, Rule, Survey

ITEM_AWARE = (
    "dataObject",
    "dataInput",
    "dataOutput",
    "dataStore",
    "property",
    "inputDataItem",
    "outputDataItem",
)
SUBPROCESSES = ("subProcess", "transaction", "adHocSubProcess")
OPERATION_TASKS = ("serviceTask", "sendTask", "receiveTask")


def _no_inner_io(survey: Survey, scope: Element) -> Messages:
    del survey
    if scope.first("ioSpecification") is not None:
        yield "a sub-process has no inputs and outputs of its own; it sees the data around it"


def _collection(survey: Survey, item: Element) -> Messages:
    definition = survey.find(item.get("itemSubjectRef"))
    if definition is None or definition.type != "itemDefinition":
        return
    if definition.flag("isCollection") != item.flag("isCollection"):
        yield f"it and its item definition '{definition.id}' disagree about being a collection"


def _io_sets(survey: Survey, specification: Element) -> Messages:
    if not specification.all("inputSet"):
        yield "an input and output specification has at least one input set"
    if not specification.all("outputSet"):
        yield "an input and output specification has at least one output set"
    for kind, refs in (("input", "dataInputRefs"), ("output", "dataOutputRefs")):
        items = {item.id for item in specification.all(f"data{kind.capitalize()}")}
        used: set[str] = set()
        for group in specification.all(f"{kind}Set"):
            yield from _one_set(group, refs, kind, items)
            used.update(group.values(refs))
        for missing in sorted(items - used):
            yield f"the data {kind} '{missing}' is in no {kind} set"
    yield from _mutual(survey, specification)


def _one_set(group: Element, refs: str, kind: str, items: set[str]) -> Messages:
    required = group.values(refs)
    for name in required:
        if name not in items:
            yield f"its {kind} set names '{name}', which is no data {kind} of it"
    word = kind.capitalize()
    for special in (f"optional{word}Refs", f"whileExecuting{word}Refs"):
        for name in group.values(special):
            if name not in required:
                yield f"'{name}' is in {special} of a set that does not hold it"


def _mutual(survey: Survey, specification: Element) -> Messages:
    for kind, back in (("outputSetRefs", "inputSetRefs"), ("inputSetRefs", "outputSetRefs")):
        for group in specification.all("inputSet", "outputSet"):
            for name in group.values(kind):
                other = survey.find(name)
                if other is None:
                    yield f"the set '{group.label}' refers to '{name}', which does not exist"
                elif group.id not in other.values(back):
                    yield f"the set '{name}' does not refer back to '{group.label}'"


def _structure(survey: Survey, item: Element | None) -> str | None:
    """What an item is made of: its definition's structure, or the definition itself where none is given."""
    if item is None:
        return None
    if item.get("dataObjectRef"):
        item = survey.find(item.get("dataObjectRef")) or item
    if item.get("dataStoreRef"):
        item = survey.find(item.get("dataStoreRef")) or item
    definition = survey.find(item.get("itemSubjectRef"))
    if definition is None:
        return None
    return definition.get("structureRef") or definition.id


def _association(survey: Survey, association: Element) -> Messages:
    sources = association.values("sourceRef")
    if any(not child.text.strip() for child in association.all("transformation")):
        yield "its transformation is empty"
    for assignment in association.all("assignment"):
        if not assignment.value("from") or not assignment.value("to"):
            yield "an assignment says from what to what"
    for reference in (*sources, *association.values("targetRef")):
        if reference and ":" not in reference and survey.find(reference) is None:
            yield f"it refers to '{reference}', which does not exist"
    if not association.value("targetRef"):
        yield "a data association has a target"
    if association.first("transformation") is not None or association.all("assignment"):
        return
    if len(sources) != 1:
        yield f"it copies {len(sources)} sources without a transformation"
        return
    made = _structure(survey, survey.find(sources[0]))
    wanted = _structure(survey, survey.find(association.value("targetRef")))
    if made is not None and wanted is not None and made != wanted:
        yield f"it copies '{made}' into '{wanted}' without a transformation"


def _item_of(survey: Survey, holder: Element, attribute: str) -> Element | None:
    return survey.find(holder.get(attribute))


def _operation(survey: Survey, element: Element) -> Element | None:
    found = survey.find(element.get("operationRef"))
    return found if found is not None and found.type == "operation" else None


def _task_io(survey: Survey, task: Element) -> Messages:
    specification = task.first("ioSpecification")
    if specification is None:
        return
    for kind in ("input", "output"):
        word = kind.capitalize()
        items = specification.all(f"data{word}")
        calls = task.type == "serviceTask" and bool(task.get("operationRef"))
        if calls and len(specification.all(f"{kind}Set")) > 1:
            yield f"a task that calls an operation has one {kind} set"
        message = _message(survey, task, kind)
        if len(items) > 1 and (calls or task.type != "serviceTask"):
            yield f"it has {len(items)} data {kind}s for one message"
        if message is None:
            continue
        wanted = _message_item(survey, message)
        for item in items:
            made = _structure(survey, item)
            if made is not None and wanted is not None and made != wanted:
                yield f"its data {kind} '{item.id}' is no '{wanted}' as its message '{message.id}'"


def _message(survey: Survey, task: Element, kind: str) -> Element | None:
    """The message that the inputs or outputs of the task stand for."""
    own = survey.find(task.get("messageRef"))
    if task.type == "sendTask":
        return own if kind == "input" else None
    if task.type == "receiveTask":
        return own if kind == "output" else None
    operation = _operation(survey, task)
    if operation is None:
        return None
    return survey.find(operation.value("inMessageRef" if kind == "input" else "outMessageRef"))


def _message_item(survey: Survey, message: Element | None) -> str | None:
    definition = survey.find(message.get("itemRef")) if message is not None else None
    if definition is None:
        return None
    return definition.get("structureRef") or definition.id


def _send_sets(survey: Survey, task: Element) -> Messages:
    del survey
    specification = task.first("ioSpecification")
    if specification is None:
        return
    for kind in ("input", "output"):
        if len(specification.all(f"{kind}Set")) > 1:
            yield f"it has several {kind} sets for one message"


def _binding(survey: Survey, binding: Element) -> Messages:
    operation = survey.find(binding.get("operationRef"))
    if operation is None:
        yield f"its operation '{binding.get('operationRef')}' does not exist"
        return
    for attribute, message in (("inputDataRef", "inMessageRef"), ("outputDataRef", "outMessageRef")):
        item = survey.find(binding.get(attribute))
        made = _structure(survey, item)
        wanted = _message_item(survey, survey.find(operation.value(message)))
        if made is not None and wanted is not None and made != wanted:
            yield f"its {attribute} '{binding.get(attribute)}' is no '{wanted}' as the operation's message"


def _call_io(survey: Survey, call: Element) -> Messages:
    target = survey.find(call.get("calledElement"))
    own, other = call.first("ioSpecification"), None
    if target is not None:
        other = target.first("ioSpecification")
    if target is None or (own is None and other is None):
        return
    for kind in ("dataInput", "dataOutput"):
        mine = Counter(_structure(survey, item) for item in (own.all(kind) if own else []))
        theirs = Counter(_structure(survey, item) for item in (other.all(kind) if other else []))
        if mine != theirs:
            yield f"its {kind}s are not those of '{target.id}', which it calls"


def _events_data(survey: Survey, event: Element) -> Messages:
    items = event.all("dataInput", "dataOutput")
    definitions = survey.definitions(event)
    if not items:
        return
    for definition in definitions:
        kind = definition.type.removesuffix("EventDefinition")
        thing = survey.find(definition.get(f"{kind}Ref"))
        reference = "" if thing is None else thing.get("itemRef") or thing.get("structureRef")
        if reference and all(item.get("itemSubjectRef") != reference for item in items):
            yield f"it has no data for its {kind}, whose item is '{reference}'"


def _loop_data(survey: Survey, loop: Element) -> Messages:
    for reference, item_type in (
        ("loopDataInputRef", "inputDataItem"),
        ("loopDataOutputRef", "outputDataItem"),
    ):
        collection = survey.find(loop.value(reference))
        item = loop.first(item_type)
        if loop.value(reference) and collection is None:
            yield f"its {reference} '{loop.value(reference)}' does not exist"
        if collection is None:
            continue
        if not collection.flag("isCollection"):
            yield f"its {reference} '{collection.id}' is no collection"
        if item is None:
            continue
        whole, part = _item_of(survey, collection, "itemSubjectRef"), _item_of(survey, item, "itemSubjectRef")
        if part is not None and part.flag("isCollection"):
            yield f"its {item_type} is a collection itself"
        if whole is not None and part is not None and whole.get("structureRef") != part.get("structureRef"):
            yield f"its {item_type} is no '{whole.get('structureRef')}' as the items of '{collection.id}'"


def _complex(survey: Survey, behaviour: Element) -> Messages:
    del survey
    if not behaviour.value("condition"):
        yield "its condition is empty"


def _item_reference(survey: Survey, element: Element) -> Messages:
    for attribute in ("itemSubjectRef", "itemRef", "dataObjectRef", "dataStoreRef"):
        reference = element.get(attribute)
        if reference and ":" not in reference and survey.find(reference) is None:
            yield f"its {attribute} '{reference}' does not exist"


RULES = (
    Rule("subprocess-data", SUBPROCESSES, _no_inner_io, "Use data objects inside it."),
    Rule("collection", ITEM_AWARE, _collection, "Set isCollection alike on both."),
    Rule("data-sets", ("ioSpecification",), _io_sets, "Mend its input and output sets."),
    Rule(
        "data-association",
        ("dataInputAssociation", "dataOutputAssociation"),
        _association,
        "Add a transformation, or use the same item definition.",
    ),
    Rule("task-data", OPERATION_TASKS, _task_io, "Use the item definition of the message."),
    Rule("message-sets", ("sendTask", "receiveTask"), _send_sets, "Keep one set."),
    Rule("io-binding", ("ioBinding",), _binding, "Use the item definition of the operation's message."),
    Rule("called-data", ("callActivity",), _call_io, "Give it the inputs and outputs of what it calls."),
    Rule("event-data", tuple(sorted(EVENTS)), _events_data, "Add data for each event definition."),
    Rule("loop-data", ("multiInstanceLoopCharacteristics",), _loop_data, "Mend the collection or the item."),
    Rule("complex-behavior", ("complexBehaviorDefinition",), _complex, "Give a condition."),
    Rule(
        "item-reference",
        (*ITEM_AWARE, "message", "dataObjectReference", "dataStoreReference"),
        _item_reference,
        "Name an existing definition.",
    ),
)
