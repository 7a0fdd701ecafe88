"""The authority ladder: a company's DMN table that says what may run alone and who confirms the rest.

Closed on every doubt. A row that is missing, unclear or failing, a number that is none, a kind of actor or
effect that nobody knows: each leaves it to a person. And money has a rule of its own, which no table can
loosen: only a row that names the operation or its effect, a limit of the amount and a confidence lets anyone
but a person move it without confirmation.
"""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple, Protocol

from mainspring.govern.ladder_table import Answer, LadderTable
from mainspring.govern.principal import KINDS
from mainspring.govern.requirement import GRADES, Grade, Requirement, stricter

EFFECTS = ("read", "write", "external", "money")
FALLBACK_ROLE = "approver"
_BY_AUTHORITY: Mapping[str, Grade] = {
    "A1": "person",
    "A2": "person",
    "A3": "confirm",
    "A4": "notify",
    "A5": "automatic",
}
_KEPT = 20_000
Number = Decimal | float | int | None


def in_both(english: str, chinese: str, further: str = "") -> str:
    """Words in both languages, as reasons are written, with a further reason behind."""
    first, _, second = further.partition(" · ")
    behind = [f"; {first}" if first else "", f"；{second or first}" if first else ""]
    return f"{english}{behind[0]} · {chinese}{behind[1]}"


class Model(Protocol):
    """A DMN model, as `mainspring.dmn.load` gives it."""

    def evaluate(self, decision: str, context: Mapping[str, Any]) -> Any:
        """The decision's result."""


class _Question(NamedTuple):
    """The table's inputs, by their names."""

    operation: str
    effect: str
    amount: Decimal | None
    reversible: bool
    confidence: Decimal | None
    actor_kind: str
    grade: str
    steered: bool


class Ladder:
    """Asks the table; immutable, so that the same question always has the same answer.

    Args:
        model: the DMN model that holds the table.
        decision: the table's id. Its inputs may be operation, effect, amount, reversible, confidence,
            actor_kind, grade (what is granted to the agent) and steered (outsiders' words decide whom or what
            it reaches); its outputs are requirement (automatic, notify, confirm, person) or grade (A1 to A5)
            or both, confirmations, role, reason, window_hours.
        fallback_role: who is asked when the table does not say.
    """

    def __init__(
        self, model: Model, decision: str = "authority_ladder", *, fallback_role: str = FALLBACK_ROLE
    ) -> None:
        self._table = LadderTable(model, decision)
        self._fallback = fallback_role
        self._kept: dict[_Question, Requirement] = {}

    def requirement(
        self,
        operation: str,
        effect: str,
        amount: Number,
        reversible: bool,  # noqa: FBT001 - the columns of the table, in its order
        confidence: Number,
        actor_kind: str,
        granted: str = "A5",
        *,
        steered: bool = False,
    ) -> Requirement:
        """What is required before this call.

        Args:
            operation: its name.
            effect: read, write, external or money, as the operation declares it.
            amount: money at stake, in the currency of the books; None when there is none.
            reversible: as the operation declares it.
            confidence: 0 to 1; None when nobody stated one.
            actor_kind: person, agent, system or customer.
            granted: the authority grade that the agent's owner gave it; the answer is never freer.
            steered: whom or what it reaches was decided by outsiders' words that nobody vouched for.
        """
        try:
            exact, sure = _amount(amount), _confidence(confidence)
        except ValueError as error:
            return self._doubt(effect, actor_kind, "unclear", str(error))
        question = _Question(operation, effect, exact, reversible, sure, actor_kind, granted, steered)
        kept = self._kept.get(question)
        if kept is None:
            kept = self._decided(question)
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            self._kept[question] = kept
        return kept

    def _decided(self, question: _Question) -> Requirement:
        effect, actor, granted = question.effect, question.actor_kind, question.grade
        if effect not in EFFECTS or actor not in KINDS or granted not in _BY_AUTHORITY:
            return self._doubt(
                effect, actor, "unclear", f"nobody knows {effect} by {actor} with grade {granted}"
            )
        answer = self._table.ask(question._asdict())
        if answer.problem:
            return self._doubt(effect, actor, "unclear", answer.problem)
        needed = self._read(answer, effect, actor)
        if question.steered and "steered" not in answer.looked_at:
            needed = stricter(needed, self._steered(needed))
        if actor == "person" or effect == "read":  # a grade limits what an agent does, not what it reads
            return needed
        needed = stricter(needed, self._granted(needed, granted))
        if effect == "money" and needed.grade in {"automatic", "notify"}:
            return self._money(needed, answer, question)
        return needed

    def _read(self, answer: Answer, effect: str, actor: str) -> Requirement:
        """The row's outputs as a requirement; the stricter of its grade and its requirement holds."""
        out = answer.outputs
        named = [grade for grade in (_grade(out.get("requirement")), _authority(out.get("grade"))) if grade]
        unclear = [out[name] for name in ("requirement", "grade") if out.get(name) is not None]
        if not named or len(named) != len(unclear):
            said = f"the row's grade {unclear or 'is empty'} is unknown"
            return self._doubt(effect, actor, answer.rule, said)
        grade = max(named, key=GRADES.index)
        role = str(out.get("role") or self._fallback)
        reason = str(out.get("reason") or answer.annotation)
        window = _window(out.get("window_hours"))
        if grade in {"automatic", "notify"}:
            return Requirement(grade, 0, role, answer.rule, reason, window)
        count = out.get("confirmations")
        count = 1 if count is None else count
        if not isinstance(count, (int, Decimal)) or count < 1 or count != int(count):
            said = f"the row asks for {count} confirmations"
            return self._doubt(effect, actor, answer.rule, said)
        return Requirement(grade, int(count), role, answer.rule, reason, window)

    def _steered(self, needed: Requirement) -> Requirement:
        """Somebody looks first at what outsiders' words would do, unless the row speaks of it."""
        reason = (
            "words of outsiders decide whom or what it reaches, and nobody vouched for that"
            " · 对象由外部内容决定，且无人担保"
        )
        return needed._replace(
            grade="confirm", confirmations=1, role=needed.role or self._fallback, reason=reason
        )

    def _granted(self, needed: Requirement, granted: str) -> Requirement:
        """What the agent's own grade leaves, whatever the table says."""
        grade = _BY_AUTHORITY[granted]
        count = 0 if grade in {"automatic", "notify"} else max(1, needed.confirmations)
        reason = in_both(
            f"the agent is granted {granted}", f"该数字员工的授权级别为 {granted}", needed.reason
        )
        return needed._replace(grade=grade, confirmations=count, reason=reason)

    def _money(self, needed: Requirement, answer: Answer, question: _Question) -> Requirement:
        """Money moves alone only by a row that says so for this operation, amount and confidence."""
        if question.amount is None or question.confidence is None:
            said = "money without a stated amount and confidence"
            return self._doubt(question.effect, question.actor_kind, needed.rule, said)
        missing = [
            " or ".join(names)
            for names in (("operation", "effect"), ("amount",), ("confidence",))
            if not any(name in answer.looked_at for name in names)
        ]
        if missing:
            said = f"the row lets money move alone, but does not look at {', '.join(missing)}"
            return self._doubt(question.effect, question.actor_kind, needed.rule, said)
        return needed

    def _doubt(self, effect: str, actor: str, rule: str, reason: str) -> Requirement:
        """Nobody but a person acts; and where it is a person, a second one confirms what is not just read."""
        grade: Grade = "confirm" if actor == "person" and effect != "read" else "person"
        return Requirement(grade, 1, self._fallback, rule, reason)


def _grade(value: Any) -> Grade | None:
    return next((grade for grade in GRADES if grade == value), None)


def _authority(value: Any) -> Grade | None:
    return _BY_AUTHORITY.get(value) if isinstance(value, str) else None


def _window(hours: Any) -> timedelta | None:
    return timedelta(hours=float(hours)) if isinstance(hours, (int, Decimal)) and hours > 0 else None


def _amount(value: Number) -> Decimal | None:
    exact = _exact(value, "amount")
    if exact is not None and exact < 0:
        raise ValueError(f"the amount {exact} is below zero")
    return exact


def _confidence(value: Number) -> Decimal | None:
    exact = _exact(value, "confidence")
    if exact is not None and not 0 <= exact <= 1:
        raise ValueError(f"the confidence {exact} is not between 0 and 1")
    return exact


def _exact(value: Number, name: str) -> Decimal | None:
    """The number as Decimal.

    Raises:
        ValueError: it is no finite number.
    """
    if value is None:
        return None
    try:
        exact = value if isinstance(value, Decimal) else Decimal(str(value))
    except InvalidOperation:
        raise ValueError(f"the {name} {value!r} is no number") from None
    if isinstance(value, bool) or not exact.is_finite():
        raise ValueError(f"the {name} {value} is no number")
    return exact
