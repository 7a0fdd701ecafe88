"""Built-in functions on contexts and on any value."""

from typing import Any

from mainspring.feel.builtins.registry import define
from mainspring.feel.errors import EvaluationError
from mainspring.feel.functions import Builtin, Run
from mainspring.feel.temporal import clock_nanos, local_nanos, offset
from mainspring.feel.values import kind


def _get_value(_run: Run, context: dict[str, Any], key: Any) -> Any:
    keys = key if isinstance(key, list) else [key]
    found: Any = context
    for part in keys:
        if not isinstance(part, str):
            raise EvaluationError("get value: a key must be a string")
        if not isinstance(found, dict) or part not in found:
            return None
        found = found[part]
    return found


def _get_entries(run: Run, context: dict[str, Any]) -> list[dict[str, Any]]:
    run.spend(len(context))
    return [{"key": key, "value": value} for key, value in context.items()]


def _context(run: Run, entries: list[Any]) -> dict[str, Any]:
    run.spend(len(entries))
    made: dict[str, Any] = {}
    for entry in entries:
        if not isinstance(entry, dict) or "key" not in entry or "value" not in entry:
            raise EvaluationError("context: each entry needs a key and a value")
        if not isinstance(entry["key"], str):
            raise EvaluationError("context: a key must be a string")
        if entry["key"] in made:
            raise EvaluationError(f"context: the key {entry['key']!r} stands twice")
        made[entry["key"]] = entry["value"]
    return made


def _put(run: Run, context: dict[str, Any], key: Any, value: Any) -> dict[str, Any]:
    keys = key if isinstance(key, list) else [key]
    if not keys or not all(isinstance(part, str) for part in keys):
        raise EvaluationError("context put: a key must be a string")
    run.spend(len(context))
    made = dict(context)
    if len(keys) == 1:
        made[keys[0]] = value
        return made
    run.enter()
    inner = made.get(keys[0], {})
    if inner is None:
        inner = {}
    if not isinstance(inner, dict):
        raise EvaluationError(f"context put: the entry {keys[0]!r} is not a context")
    made[keys[0]] = _put(run, inner, keys[1:], value)
    run.leave()
    return made


def _merge(run: Run, contexts: list[Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for context in contexts:
        if not isinstance(context, dict):
            raise EvaluationError("context merge: an item is not a context")
        run.spend(len(context))
        made.update(context)
    return made


def _is(run: Run, first: Any, second: Any) -> bool:
    """The same value and the same kind; zones must be the same too, not only the instant."""
    if kind(first) != kind(second):
        return False
    if kind(first) == "list":
        run.spend(len(first))
        return len(first) == len(second) and all(map(lambda a, b: _is(run, a, b), first, second))
    if kind(first) == "context":
        run.spend(len(first))
        return first.keys() == second.keys() and all(
            _is(run, value, second[key]) for key, value in first.items()
        )
    if kind(first) == "time":
        return clock_nanos(first) == clock_nanos(second) and _zones(first) == _zones(second)
    if kind(first) == "date and time":
        return local_nanos(first) == local_nanos(second) and _zones(first) == _zones(second)
    return bool(first == second)


def _zones(value: Any) -> Any:
    key = getattr(value.tzinfo, "key", None)
    return key if key is not None else offset(value)


def _not(_run: Run, value: Any) -> bool | None:
    if value is None:
        return None
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if type(value) is not bool:
        raise EvaluationError(f"not: a {kind(value)} is no boolean")
    return not value


def _from_ai(_run: Run, value: Any, *_described: Any) -> Any:
    """Camunda's marker of an argument that a model fills in: its value, null until then."""
    return value


def _assert(_run: Run, value: Any, condition: Any, cause: Any = None) -> Any:
    if condition is not True:
        raise EvaluationError(f"assert: {cause or 'the condition is not met'}")
    return value


def functions() -> list[Builtin]:
    """The functions of this module."""
    return [
        define("get value", "m: context, key: string; context: context, keys: list", _get_value),
        define("get entries", "m: context; context: context", _get_entries),
        define("context", "entries: list", _context),
        define(
            "context put",
            "context: context, key: string, value: any; context: context, keys: list, value: any",
            _put,
        ),
        define("context merge", "contexts: list", _merge),
        define("is", "value1: any, value2: any", _is),
        define(
            "get or else",
            "value: any, default: any",
            lambda _run, value, other: other if value is None else value,
        ),
        define("not", "negand: any", _not),
        define("is defined", "value: any", lambda _run, value: value is not None),
        define("assert", "value: any, condition: any, cause: any?", _assert),
        define(
            "fromAi",
            "value: any, description: any?, type: any?, schema: any?, options: any?",
            _from_ai,
        ),
    ]
