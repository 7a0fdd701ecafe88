"""Ask the house a question in plain words, and get an answer from its own data or a refusal that says why.

Nothing is guessed: every word must be understood and have a part in the question that is answered. Where that
fails and the company has a model for it, the model may choose among the same kinds, metrics and dimensions.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select

from mainspring.app.asking import (
    about_case,
    about_cases,
    about_customers,
    about_employees,
    about_figures,
    about_goods,
    about_help,
    about_processes,
    about_rights,
    about_tasks,
    by_model,
)
from mainspring.app.asking.answer import Answer, Language, Said
from mainspring.app.asking.errors import Forbidden, NothingThere
from mainspring.app.asking.matching import Match, Missing, matched
from mainspring.app.asking.question import Asked, MaySee, Reading
from mainspring.app.asking.refusing import forbidden, missing, nearest, unfit, unknown
from mainspring.app.asking.vocabulary import grammar, layer_of, lexicons, numbered
from mainspring.app.house import House
from mainspring.app.measures import element_names
from mainspring.govern.principal import Principal
from mainspring.insight.semantic import Lexicon, Meaning, Phrase, Plan, PlanUnfit, periods, understood
from mainspring.insight.semantic import lexicon as lexicon_module
from mainspring.runtime.errors import NotFound
from mainspring.store import Tx
from mainspring.store.log import events

FIGURE = "figure"
LONGEST = 500
_LONG_AGO = timedelta(days=31)
_HAN = range(0x3400, 0xA000)

ANSWERS: Mapping[str, Callable[[Asked], Said]] = {
    "case_where": about_case.where,
    "case_why": about_case.why,
    "case_who": about_case.who,
    "case_cost": about_case.cost,
    "case_documents": about_case.documents,
    "case_age": about_case.age,
    "case_worked": about_case.worked,
    "case_customer": about_case.customer,
    "case_rules": about_case.rules,
    "cases_late": about_cases.late,
    "cases_oldest": about_cases.oldest,
    "cases_waiting": about_cases.waiting,
    "incidents": about_cases.incidents,
    "tasks_mine": about_tasks.mine,
    "task_oldest": about_tasks.oldest,
    "tasks_money": about_tasks.money,
    "tasks_of": about_tasks.of_person,
    "task_asked": about_tasks.asks,
    "task_draft": about_tasks.draft,
    "employees": about_employees.everybody,
    "employee_did": about_employees.did,
    "employee_doing": about_employees.doing,
    "employee_good": about_employees.good,
    "employee_promise": about_employees.promise,
    "employee_learned": about_employees.learned,
    "employee_cost": about_employees.cost,
    "employees_stopped": about_employees.stopped,
    "activity_who": about_employees.of_activity,
    "customer_balance": about_customers.balance,
    "customer_overdue": about_customers.overdue,
    "customer_last_order": about_customers.last_order,
    "customer_terms": about_customers.terms,
    "customer_blocked": about_customers.blocked,
    "customer_contact": about_customers.contact,
    "customer_quotes": about_customers.open_quotes,
    "debtors": about_customers.debtors,
    "product_price": about_goods.price,
    "product_price_for": about_goods.price_for,
    "product_stock": about_goods.in_stock,
    "product_buyers": about_goods.buyers,
    "products_out": about_goods.sold_out,
    "document_lines": about_goods.lines,
    "invoice_paid": about_goods.paid,
    "order_delivered": about_goods.delivered,
    "quote_status": about_goods.quote_status,
    "may_i": about_rights.may_i,
    "may_who": about_rights.may_who,
    "my_rights": about_rights.mine,
    "role_who": about_rights.holders,
    "person_is": about_rights.person,
    "ladder": about_rights.ladder,
    "process_steps": about_processes.steps,
    "process_version": about_processes.version,
    "processes": about_processes.every,
    "bottleneck": about_processes.bottleneck,
    "proposals": about_processes.proposals,
    "how_to": about_help.how_to,
    "figure_means": about_help.figure_means,
    "abilities": about_help.abilities,
}
"""Who answers each kind of question of `kinds.yaml`."""


class Question(NamedTuple):
    """What is asked, on which page (its kind and key, such as case and a number), in which language."""

    text: str
    screen: Mapping[str, str]
    language: Language | None = None


def ask(house: House, principal: Principal, question: Question, may_see: MaySee) -> Answer:
    """Answer a question for a principal from what they may see.

    Args:
        house: whose data.
        principal: who asks.
        question: what.
        may_see: whether they may see the cases of a process.
    """
    now = house.clock()
    lexicon = lexicons(house)
    names = element_names(house)
    reading = Reading(house.store)
    try:
        language = question.language or language_of(question.text)
        today = _today(reading.tx, now)
        asked = Asked(house, reading, names, principal, may_see, language, now, today)
        return _asked(asked, question, lexicon)
    finally:
        reading.close()


def _asked(asked: Asked, question: Question, lexicon: Sequence[Lexicon]) -> Answer:
    tried = [_read(asked, question, one) for one in lexicon]
    best = next((one for one in tried if not isinstance(one.found, Refusal)), tried[0])
    if not isinstance(best.found, Refusal):
        return _answer(asked, question, best.found)
    chosen = by_model.chosen(asked, question.text)
    if chosen is None:
        return _refused(asked, question, best)
    return _answer(asked, question, chosen.plan, source=chosen.profile)


def language_of(text: str) -> Language:
    """Chinese where there is a Chinese character, else English."""
    return "zh" if any(ord(letter) in _HAN for letter in text) else "en"


class Refusal(NamedTuple):
    """Why a question gets no answer: words not understood, or a rule with what it is about."""

    unknown: tuple[str, ...] = ()
    rule: PlanUnfit | Missing | None = None


class _Tried(NamedTuple):
    phrases: tuple[Phrase, ...]
    found: "Match | Plan | Refusal"


def _read(asked: Asked, question: Question, lexicon: Lexicon) -> _Tried:
    fixed = {
        place: Meaning("period", "", f"{period.since}/{period.until}")
        for place, period in periods.found(question.text, asked.today)
    } | _ranked(question.text)
    reading = lexicon.read(question.text, fixed, lambda number: numbered(asked.tx, number))
    return _Tried(reading.phrases, _found(asked, reading, question.screen))


def _ranked(text: str) -> dict[tuple[int, int], Meaning]:
    return {place: Meaning("ranked", "", str(number)) for place, number in periods.ranked(text)}


def _found(
    asked: Asked, reading: lexicon_module.Reading, screen: Mapping[str, str]
) -> "Match | Plan | Refusal":
    if reading.unknown or not reading.phrases:
        return Refusal(reading.unknown)
    match = matched(reading.phrases, grammar().kinds, screen)
    if isinstance(match, Match):
        return match
    try:
        return understood(reading.phrases, layer_of(asked.house.pack.semantic))
    except PlanUnfit as error:
        return Refusal(rule=match or error)


def _answer(asked: Asked, question: Question, found: Match | Plan, *, source: str = "grammar") -> Answer:
    kind = found.kind.id if isinstance(found, Match) else FIGURE
    try:
        if isinstance(found, Plan):
            said = about_figures.answered(asked, found)
        else:
            said = ANSWERS[kind](replace(asked, entities=found.entities, words=found.words))
    except (Forbidden, NothingThere, NotFound) as error:
        sentence = forbidden(asked, error.message) if isinstance(error, Forbidden) else f"{error.message}。"
        if isinstance(error, NotFound | NothingThere) and asked.language == "en":
            sentence = f"{error.message[:1].upper()}{error.message[1:]}."
        return Answer(
            question=question.text,
            language=asked.language,
            answered=False,
            kind=kind,
            sentence=sentence,
            source=source,
        )
    except PlanUnfit as error:
        return _refused(asked, question, _Tried((), Refusal(rule=error)))
    understood_as = said.understood or ([_told(asked, found)] if isinstance(found, Match) else [])
    return Answer(
        question=question.text,
        language=asked.language,
        answered=True,
        kind=kind,
        source=source,
        **said.model_dump(exclude={"understood", "plan"}),
        understood=understood_as,
        plan=said.plan,
    )


def _told(asked: Asked, match: Match) -> str:
    """The kind of question by its example, with what it is about."""
    about = ", ".join(match.entities.values())
    example = asked.say(match.kind.en, match.kind.zh)
    return asked.say(f"as in “{example}”", f"同“{example}”") + (f" ({about})" if about else "")


def _refused(asked: Asked, question: Question, tried: _Tried) -> Answer:
    refusal = tried.found if isinstance(tried.found, Refusal) else Refusal()
    if refusal.unknown:
        sentence = unknown(asked, refusal.unknown)
    elif isinstance(refusal.rule, Missing):
        sentence = missing(asked, refusal.rule)
    else:
        sentence = unfit(asked, refusal.rule)
    return Answer(
        question=question.text,
        language=asked.language,
        answered=False,
        sentence=sentence,
        unknown=list(refusal.unknown),
        nearest=nearest(asked, tried.phrases),
    )


def _today(tx: Tx, now: datetime) -> date:
    """Today; where nothing happened for a month (a demo, a season that ended) the day of the last event."""
    e = events.c
    newest = tx.scalar(select(e.at).where(e.tenant_id == tx.tenant).order_by(e.position.desc()).limit(1))
    return now.date() if newest is None or newest > now - _LONG_AGO else newest.date()
