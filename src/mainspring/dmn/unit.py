"""One model compiled: its decisions, knowledge models and services, and how they require each other."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mainspring.dmn.boxed import Boxes
from mainspring.dmn.document import (
    Document,
    Element,
    child,
    children,
    expression_of,
    label,
    local,
    typeref,
    walk,
)
from mainspring.dmn.errors import ModelError
from mainspring.dmn.itemtypes import ItemTypes
from mainspring.dmn.run import DecisionRun
from mainspring.dmn.texts import Names, Workshop
from mainspring.dmn.trace import DecisionStep
from mainspring.feel.errors import EvaluationError
from mainspring.feel.functions import Code, Function, Scope
from mainspring.feel.typing import ANY, Type, checker

Check = Callable[[Any], Any]


class Frame:
    """The inputs of one evaluation, and what was decided from them so far.

    Attributes:
        inputs: input data by name; those of imported models stand in contexts under the import's name.
        decided: decisions by id; input decisions of a service are put here beforehand.
        imported: the frames of imported models by the import's name.
    """

    __slots__ = ("decided", "imported", "inputs")

    def __init__(self, inputs: Mapping[str, Any]) -> None:
        self.inputs = inputs
        self.decided: dict[str, Any] = {}
        self.imported: dict[str, Frame] = {}

    def of_import(self, name: str) -> "Frame":
        """The frame of an imported model: its inputs by their own names, else those of this one."""
        found = self.imported.get(name)
        if found is None:
            own = self.inputs.get(name)
            inputs = {**self.inputs, **own} if isinstance(own, Mapping) else self.inputs
            found = self.imported[name] = Frame(inputs)
        return found


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a decision or knowledge model needs.

    Attributes:
        path: names of imports to follow; nothing for the model itself.
        unit: the model it stands in.
        id: its id there.
        name: the name under which it is in scope.
        kind: inputData, decision, businessKnowledgeModel or decisionService.
    """

    path: tuple[str, ...]
    unit: "Unit"
    id: str
    name: str
    kind: str


class Input:
    """Input data: its name, and the check of its declared type."""

    __slots__ = ("check", "label", "name")

    def __init__(self, name: str, check: Check | None, label_: str) -> None:
        self.name = name
        self.check = check
        self.label = label_

    def value(self, frame: Frame, run: DecisionRun) -> Any:
        """The value given for it, null with a fault where it does not conform to its type."""
        value = frame.inputs.get(self.name)
        if value is None or self.check is None:
            return value
        try:
            return self.check(value)
        except EvaluationError as error:
            run.place = self.label
            run.warn(str(error), 0)
            return None


class Node:
    """A decision compiled: its own model's inputs and what else it requires, and its logic."""

    __slots__ = ("code", "inputs", "name", "needs", "static")

    def __init__(
        self,
        name: str,
        inputs: tuple[tuple[str, Input], ...],
        needs: tuple[Requirement, ...],
        static: Scope,
        code: Code,
    ) -> None:
        self.name = name
        self.inputs = inputs
        self.needs = needs
        self.static = static
        self.code = code


class Unit:
    """A compiled model.

    Args:
        document: its XML.
        imports: the compiled models that it imports, by the import's name.

    Raises:
        ModelError: it refers to types or elements that are not there.
    """

    def __init__(self, document: Document, imports: Mapping[str, "Unit"]) -> None:
        self.document = document
        self.imports = imports
        self.elements: dict[str, Element] = {}
        for element in document.root:
            if local(element) in {"decision", "businessKnowledgeModel", "inputData", "decisionService"}:
                self.elements[element.get("id") or element.get("name") or ""] = element
        imported_types: dict[str, Type] = {}
        for name, unit in imports.items():
            prefix = f"{name}." if name else ""
            imported_types |= {prefix + key: wanted for key, wanted in unit.types.declared.items()}
        self.types: ItemTypes = ItemTypes(document.elements("itemDefinition"), imported_types)
        self.workshop = Workshop(self.types, self._members())
        self.boxes = Boxes(self.workshop)
        self.inputs = {
            key: Input(element.get("name") or "", checker(self.declared(element)), label(element))
            for key, element in self.elements.items()
            if local(element) == "inputData"
        }
        self._functions: dict[str, Any] = {}
        self.nodes = {
            key: self._node(element) for key, element in self.elements.items() if local(element) == "decision"
        }
        for key, element in self.elements.items():
            if local(element) in {"businessKnowledgeModel", "decisionService"}:
                self.function(key)

    def declared(self, element: Element) -> Type:
        """The type that an element's variable declares."""
        return self.types.named(typeref(child(element, "variable")), label(element))

    def type_of(self, key: str) -> Type:
        """The declared type of what an element is in scope; of a knowledge model or service a function."""
        element = self.elements[key]
        wanted = self.declared(element)
        if local(element) in {"inputData", "decision"} or wanted.name == "function":
            return wanted
        logic = child(element, "encapsulatedLogic")
        if logic is None:
            return Type("function", result=wanted)
        where = label(element)
        parameters = tuple(
            self.types.named(typeref(part), where) for part in children(logic, "formalParameter")
        )
        return Type("function", parameters=parameters, result=wanted)

    def _members(self) -> frozenset[str]:
        """Names that may follow a dot: entries of types, contexts, tables, and imported elements."""
        inside = {"itemComponent", "output", "column", "variable", "parameter"}
        found = {part.get("name") or "" for part in walk(self.document.root) if local(part) in inside}
        for unit in self.imports.values():
            found |= {name_of(element) for element in unit.elements.values()} | unit.workshop.members
        return frozenset(found - {""})

    # requirements

    def find(self, href: str) -> Requirement:
        """The element that a reference means, in this model or an imported one.

        Raises:
            ModelError: there is none.
        """
        namespace, _, key = href.rpartition("#")
        if namespace in {"", self.document.namespace} and key in self.elements:
            element = self.elements[key]
            return Requirement((), self, key, name_of(element), local(element))
        for name, unit in self.imports.items():
            if namespace in {"", unit.document.namespace} and key in unit.elements:
                element = unit.elements[key]
                return Requirement((name,), unit, key, name_of(element), local(element))
        for name, unit in self.imports.items():
            try:
                found = unit.find(href)
            except ModelError:
                continue
            return Requirement((name, *found.path), found.unit, found.id, found.name, found.kind)
        raise ModelError(
            f"there is no element {href!r}",
            where=self.document.name,
            mend="Give the imported models too, or mend the reference.",
        )

    def requirements(self, element: Element) -> tuple[Requirement, ...]:
        """What an element requires, in the order of the model."""
        names = ("informationRequirement", "knowledgeRequirement")
        hrefs = [
            part.get("href") or ""
            for requirement in children(element, *names)
            for part in children(requirement, "requiredInput", "requiredDecision", "requiredKnowledge")
        ]
        return tuple(self.find(href) for href in hrefs)

    def _scope_of(self, needs: tuple[Requirement, ...]) -> tuple[Names, Scope]:
        """The names that requirements bring into scope, and the functions among them."""
        names: dict[str, Type] = {}
        static: Scope = {}
        for need in needs:
            if need.path and need.path[0]:
                names[need.path[0]] = ANY
            else:
                names[need.name] = need.unit.type_of(need.id)
            if need.kind in {"businessKnowledgeModel", "decisionService"}:
                place(static, need, need.unit.function(need.id))
        return names, static

    # compiling

    def _node(self, element: Element) -> Node:
        needs = self.requirements(element)
        names, static = self._scope_of(needs)
        where = label(element)
        code = self.boxes.compile(expression_of(element), names, where)
        code = self.workshop.coerced(code, typeref(child(element, "variable")), where)
        own = [need for need in needs if need.kind == "inputData" and not need.path]
        inputs = tuple((need.name, self.inputs[need.id]) for need in own)
        others = tuple(need for need in needs if need.kind in {"inputData", "decision"} and need not in own)
        return Node(name_of(element), inputs, others, static, code)

    def function(self, key: str) -> Any:
        """The function that a knowledge model or service is; one that requires itself is in its own scope."""
        if key in self._functions:
            return self._functions[key]
        element = self.elements[key]
        if local(element) == "decisionService":
            made: Any = ServiceFunction(self, element)
            self._functions[key] = made
            return made
        placeholder = Function((), lambda _scope, _run: None, {}, (), name_of(element))
        self._functions[key] = placeholder
        names, static = self._scope_of(self.requirements(element))
        logic = child(element, "encapsulatedLogic")
        if logic is not None:
            static.setdefault(name_of(element), placeholder)
            names = {name_of(element): self.type_of(key), **names}
            made = self.boxes.function(logic, names, label(element))(static)
            for slot in Function.__slots__:
                setattr(placeholder, slot, getattr(made, slot))
            placeholder.result = self._result_check(element)
        return placeholder

    def _result_check(self, element: Element) -> Check | None:
        wanted = self.declared(element)
        if wanted.name == "function":
            wanted = wanted.result or wanted
        return checker(wanted)

    # evaluating

    def decide(self, key: str, frame: Frame, run: DecisionRun) -> Any:
        """The value of a decision, from the frame where it was decided before."""
        if key in frame.decided:
            return frame.decided[key]
        node = self.nodes[key]
        frame.decided[key] = None  # a decision that requires itself finds nothing
        scope = node.static.copy()
        run.enter()
        for name, given in node.inputs:
            scope[name] = given.value(frame, run)
        for need in node.needs:
            inner = frame
            for name in need.path:
                inner = inner.of_import(name)
            unit = need.unit
            if need.kind == "inputData":
                value = unit.inputs[need.id].value(inner, run)
            else:
                value = unit.decide(need.id, inner, run)
            if need.path:
                place(scope, need, value)
            else:
                scope[need.name] = value
        value = node.code(scope, run)
        run.leave()
        frame.decided[key] = value
        run.record(DecisionStep("decision", key, node.name, value))
        return value


def name_of(element: Element) -> str:
    """The name under which an element is in scope."""
    variable = child(element, "variable")
    own = element.get("name") or ""
    return (variable.get("name") or own) if variable is not None else own


def place(scope: Scope, need: Requirement, value: Any) -> None:
    """Put a value in scope; that of an imported model into the context of its import."""
    path = [name for name in need.path if name]
    inner = scope
    for name in path:
        held = inner.get(name)
        inner[name] = dict(held) if isinstance(held, dict) else {}
        inner = inner[name]
    inner[need.name] = value


class ServiceFunction(Function):
    """A decision service as a function of its input data and input decisions, in that order."""

    __slots__ = ("element", "outputs", "required", "unit")

    def __init__(self, unit: Unit, element: Element) -> None:
        self.unit = unit
        self.element = element
        self.required = tuple(
            unit.find(part.get("href") or "")
            for kind in ("inputData", "inputDecision")
            for part in children(element, kind)
        )
        self.outputs = tuple(
            unit.find(part.get("href") or "") for part in children(element, "outputDecision")
        )
        for need in self.outputs:
            if need.kind != "decision":
                raise ModelError(
                    f"the output {need.id!r} is no decision",
                    where=label(element),
                    mend="Refer to a decision.",
                )
        parameters = tuple(need.name for need in self.required)
        types = tuple(need.unit.declared(need.unit.elements[need.id]) for need in self.required)
        wanted = unit.declared(element)
        if wanted.name == "function":
            wanted = wanted.result or wanted
        super().__init__(
            parameters,
            self._decided,
            {},
            tuple(checker(given) for given in types),
            name_of(element),
            None,
            types,
        )
        self.result = checker(wanted)

    def _decided(self, scope: Scope, run: Any) -> Any:
        frame = Frame({})
        inputs: dict[str, Any] = {}
        for need in self.required:
            value = scope.get(need.name)
            inner = frame
            if need.kind == "decision":
                for name in need.path:
                    inner = inner.of_import(name)
                inner.decided[need.id] = value
            else:
                place(inputs, need, value)
        frame.inputs = inputs
        for inner in frame.imported.values():
            inner.inputs = inputs
        values = {}
        for need in self.outputs:
            inner = frame
            for name in need.path:
                inner = inner.of_import(name)
            values[need.name] = need.unit.decide(need.id, inner, run)
        value = next(iter(values.values())) if len(values) == 1 else values
        run.record(DecisionStep("service", self.element.get("id") or "", self.name, value))
        return value
