"""A decision model, loaded: what it holds, and the answers to questions put to it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from mainspring.dmn.document import Document, local, read
from mainspring.dmn.errors import EvaluationMessage, ModelError, UnknownDecisionError
from mainspring.dmn.run import DecisionRun
from mainspring.dmn.trace import Trace, plain
from mainspring.dmn.unit import Frame, ServiceFunction, Unit
from mainspring.feel.api import finished
from mainspring.feel.errors import BudgetError, EvaluationError
from mainspring.feel.limits import Limits

LIMITS = Limits(steps=1_000_000)
"""What one decision with all that it requires may use."""

Source = Path | str | bytes


class Result(NamedTuple):
    """The answer to one question.

    Attributes:
        value: Decimal, str, bool, None, a date, time, datetime, duration, range, list or dict.
        errors: why (part of) it is null, with the place of each fault.
        trace: which decisions were made and which rules matched on the way.
    """

    value: Any
    errors: tuple[EvaluationMessage, ...]
    trace: Trace

    def as_dict(self) -> dict[str, Any]:
        """The answer as JSON values: `value`, `errors` and `trace`."""
        return {
            "value": plain(self.value),
            "errors": [error._asdict() for error in self.errors],
            "trace": self.trace.as_dict(),
        }


class Named(NamedTuple):
    """An element of a model.

    Attributes:
        id: its id.
        name: its name.
    """

    id: str
    name: str


class Model:
    """A compiled decision model; immutable in use, may be shared between threads.

    Attributes:
        unit: its compiled parts.
        document: its XML tree.
    """

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.document: Document = unit.document
        self._decisions = self._by_name("decision")
        self._services = self._by_name("decisionService")

    def _by_name(self, kind: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for key, element in self.unit.elements.items():
            if local(element) == kind:
                found.setdefault(element.get("name") or key, key)
        return found | {key: key for key in found.values()}

    def _named(self, kind: str) -> tuple[Named, ...]:
        return tuple(
            Named(key, element.get("name") or key)
            for key, element in self.unit.elements.items()
            if local(element) == kind
        )

    @property
    def name(self) -> str:
        """The model's name."""
        return self.document.name

    @property
    def decisions(self) -> tuple[Named, ...]:
        """Id and name of every decision."""
        return self._named("decision")

    @property
    def services(self) -> tuple[Named, ...]:
        """Id and name of every decision service."""
        return self._named("decisionService")

    @property
    def inputs(self) -> tuple[Named, ...]:
        """Id and name of every input."""
        return self._named("inputData")

    @property
    def faults(self) -> tuple[EvaluationMessage, ...]:
        """Texts of the model that are not FEEL; they evaluate to null."""
        return tuple(self.unit.workshop.faults)

    def evaluate(
        self,
        decision: str,
        context: Mapping[str, Any],
        *,
        now: datetime | None = None,
        limits: Limits = LIMITS,
    ) -> Result:
        """Make a decision.

        Args:
            decision: its name or id.
            context: the input data by name; those of an imported model in a context under the import's name.
            now: what `now()` and `today()` give.
            limits: what the evaluation may use.

        Raises:
            UnknownDecisionError: the model has no such decision.
        """
        key = self._decisions.get(decision)
        if key is None:
            raise _unknown("decision", decision, self.name, self.decisions)
        run = DecisionRun(limits, now)
        try:
            value = finished(self.unit.decide(key, Frame(context), run))
        except (BudgetError, RecursionError) as error:
            _stopped(error, run)
            value = None
        return Result(value, tuple(run.messages), Trace(tuple(run.trace)))

    def invoke(
        self,
        service: str,
        context: Mapping[str, Any],
        *,
        now: datetime | None = None,
        limits: Limits = LIMITS,
    ) -> Result:
        """Call a decision service.

        Args:
            service: its name or id.
            context: its input data and input decisions by name; what is left out is null.
            now: what `now()` and `today()` give.
            limits: what the evaluation may use.

        Returns:
            The value of its output decision; of several, a context of them by name.

        Raises:
            UnknownDecisionError: the model has no such service.
        """
        key = self._services.get(service)
        if key is None:
            raise _unknown("decision service", service, self.name, self.services)
        function: ServiceFunction = self.unit.function(key)
        run = DecisionRun(limits, now)
        run.place = f"decisionService {service!r}"
        try:
            given = {name: context.get(name) for name in function.parameters}
            value = finished(function.call_named(given, run))
        except EvaluationError as error:
            run.warn(str(error), 0)
            value = None
        except (BudgetError, RecursionError) as error:
            _stopped(error, run)
            value = None
        return Result(value, tuple(run.messages), Trace(tuple(run.trace)))


def _stopped(error: Exception, run: DecisionRun) -> None:
    deep = isinstance(error, RecursionError)
    run.warn("the evaluation is nested too deeply" if deep else str(error), 0)


def _unknown(kind: str, name: str, where: str, known: tuple[Named, ...]) -> UnknownDecisionError:
    names = ", ".join(repr(element.name) for element in known[:20])
    return UnknownDecisionError(f"there is no {kind} {name!r}", where=where, mend=f"The model has: {names}.")


def load(source: Source, imports: Iterable[Source | Model] = ()) -> Model:
    """Read and compile a model.

    Args:
        source: a file's path, or its bytes.
        imports: the models it imports, in any order, and those that they import.

    Raises:
        ModelError: it is no DMN, or refers to what is not there.
        XmlError: it is not XML.
    """
    documents = [given.document if isinstance(given, Model) else read(given) for given in imports]
    library = {document.namespace: document for document in documents}
    return Model(_compiled(read(source), library, {}))


def _compiled(document: Document, library: Mapping[str, Document], done: dict[str, Unit | None]) -> Unit:
    ready = done.get(document.namespace)
    if ready is not None:
        return ready
    done[document.namespace] = None
    units: dict[str, Unit] = {}
    for wanted in document.imports:
        found = library.get(wanted.namespace)
        if found is None:
            raise ModelError(
                f"the imported model {wanted.namespace!r} is missing",
                where=document.name,
                mend="Give its file among the imports.",
            )
        if wanted.namespace in done and done[wanted.namespace] is None:
            raise ModelError("models import each other in a circle", where=document.name)
        units[wanted.name] = _compiled(found, library, done)
    unit = Unit(document, units)
    done[document.namespace] = unit
    return unit
