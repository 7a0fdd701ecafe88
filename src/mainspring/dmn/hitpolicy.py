"""From the rules that matched to the value of a table, by its hit policy (DMN 1.5, section 8.2.8)."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from mainspring.feel.builtins import functions
from mainspring.feel.errors import EvaluationError
from mainspring.feel.functions import Run
from mainspring.feel.values import equal

_AGGREGATE = {"SUM": "sum", "MIN": "min", "MAX": "max"}
Rank = Callable[[Any], tuple[int, ...]]


def settle(policy: str, aggregation: str, results: list[Any], rank: Rank | None, run: Run) -> Any:
    """The value of a table.

    Args:
        policy: the hit policy.
        aggregation: the aggregator of COLLECT, or nothing.
        results: the outputs of the matching rules, in the order of the table; not empty.
        rank: the priority of an output, lower first; None where output values give none.
        run: the evaluation.

    Raises:
        EvaluationError: the rules contradict the policy.
    """
    if policy == "COLLECT" and aggregation:
        return aggregate(aggregation, results, run)
    if policy in {"COLLECT", "RULE ORDER"}:
        return results
    if policy == "OUTPUT ORDER":
        return sorted(results, key=rank) if rank else results
    if policy == "PRIORITY":
        return min(results, key=rank) if rank else results[0]
    if policy == "UNIQUE" and len(results) > 1:
        raise EvaluationError(f"{len(results)} rules match a table of hit policy UNIQUE")
    if policy == "ANY" and not all(equal(results[0], other, run) for other in results[1:]):
        raise EvaluationError("rules with different outputs match a table of hit policy ANY")
    return results[0]


def aggregate(aggregation: str, results: list[Any], run: Run) -> Any:
    """SUM, MIN, MAX or COUNT of the outputs; of several columns, each by itself.

    Raises:
        EvaluationError: the outputs are not numbers.
    """
    if aggregation == "COUNT":
        return Decimal(len(results))
    if results and all(isinstance(result, dict) for result in results):
        return {
            name: aggregate(aggregation, [result[name] for result in results], run) for name in results[0]
        }
    return functions()[_AGGREGATE[aggregation]].call([results], run)
