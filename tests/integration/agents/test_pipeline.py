"""A digital employee at work: alone where it is trusted, with people where it is not, stopped at once."""

from typing import Any

from sqlalchemy import select

from mainspring.agents.promise import plan, sentence
from mainspring.agents.tables import corrections, promises, runs
from mainspring.agents.trust import Trust

FIRST = plan(0.05).first


def outcomes(office: Any) -> list[str]:
    return [
        row.outcome
        for row in office.read(
            lambda tx: tx.all(
                select(runs.c.outcome).where(runs.c.tenant_id == tx.tenant).order_by(runs.c.run)
            )
        )
    ]


def notes(office: Any, count: int, sure: float = 0.9, truth: str = "") -> None:
    for _ in range(count):
        office.note("bill", sure, truth)
    office.work()


def opened(office: Any) -> Any:
    notes(office, FIRST)
    office.review()
    return office


def test_a_duty_without_a_promise_is_done_alone(office: Any) -> None:
    office.note("bill", 0.3, process="file")
    office.work()
    assert office.filed == ["bill"]
    assert outcomes(office) == ["done"]


def test_before_the_promise_opens_everything_is_reviewed(office: Any) -> None:
    notes(office, 3, sure=1.0)
    assert office.filed == []
    assert len(office.waiting()) == 3


def test_what_a_person_accepts_is_done_as_drafted(office: Any) -> None:
    notes(office, 1)
    office.review()
    assert office.filed == ["bill"]
    assert outcomes(office) == ["review", "done"]


def test_what_a_person_changes_is_done_as_they_said_and_kept_as_a_correction(office: Any) -> None:
    notes(office, 1, truth="offer")
    office.review()
    assert office.filed == ["offer"]
    assert office.learned == [{"label": "offer"}]
    kept = office.read(lambda tx: tx.all(select(corrections).where(corrections.c.tenant_id == tx.tenant)))
    assert [(row.person, row.draft["label"], row.answer["label"]) for row in kept] == [
        ("ann", "bill", "offer")
    ]


def test_enough_right_reviews_open_the_promise_and_sure_cases_pass_unseen(office: Any) -> None:
    opened(office)
    before = len(office.filed)
    notes(office, 40)
    alone = len(office.filed) - before
    assert 40 - alone == len(office.waiting())
    assert 30 <= alone < 40  # one in ten is drawn for audit


def test_an_unsure_case_is_reviewed_although_the_promise_is_open(office: Any) -> None:
    opened(office)
    notes(office, 5, sure=0.2)
    assert len(office.waiting()) == 5


def test_unsure_cases_bring_the_next_look_nearer_and_are_no_audits(office: Any) -> None:
    opened(office)
    before = standing(office)
    notes(office, 20, sure=0.2, truth="offer")
    office.review()
    after = standing(office)
    assert after.reviewed == before.reviewed + 20
    assert (after.threshold, after.audited) == (before.threshold, before.audited)


def standing(office: Any) -> Any:
    trust = Trust(office.agent, "sort", office.agent.duties["sort"], office.keys)
    return office.read(trust.standings)["draft"]


def test_the_owner_reads_where_the_promise_stands(office: Any) -> None:
    opened(office)
    said = sentence(standing(office))
    assert f"{FIRST} reviewed cases" in said["en"]
    assert "0 were wrong" in said["en"]


def test_audited_errors_ring_the_alarm_and_end_automatic_work(office: Any) -> None:
    opened(office)
    for _ in range(12):
        notes(office, 60, truth="offer")
        office.review()
        if standing(office).state == "stopped":
            break
    assert standing(office).state == "stopped"
    before = len(office.filed)
    notes(office, 10)
    assert len(office.filed) == before


def test_a_new_version_begins_its_promise_anew(office: Any) -> None:
    opened(office)
    second = office.agent.model_copy(update={"version": 2})
    release(office, second)
    notes(office, 5)
    assert len(office.waiting()) == 5


def release(office: Any, definition: Any, stage: str = "full", share: float = 1.0) -> None:
    with office.store.write() as tx:
        office.roster.release(tx, definition, stage, person="ann", now=office.clock(), share=share)


def test_a_candidate_in_shadow_drafts_and_does_nothing(office: Any) -> None:
    duty = office.agent.duties["file"].model_copy(update={"skill": "sort_better"})
    second = office.agent.model_copy(update={"version": 2, "duties": {**office.agent.duties, "file": duty}})
    release(office, second, "shadow")
    office.note("bill", 0.9, "offer", process="file")
    office.work()
    assert office.filed == ["bill"]
    assert sorted(outcomes(office)) == ["done", "shadow"]


def test_a_candidate_on_a_share_does_that_part_of_the_cases(office: Any) -> None:
    duty = office.agent.duties["file"].model_copy(update={"skill": "sort_better"})
    second = office.agent.model_copy(update={"version": 2, "duties": {**office.agent.duties, "file": duty}})
    release(office, second, "share", 0.3)
    for _ in range(100):
        office.note("bill", 0.9, "offer", process="file")
    office.work()
    assert 15 <= office.filed.count("offer") <= 45


def test_a_rollback_gives_the_work_back_to_the_version_before(office: Any) -> None:
    duty = office.agent.duties["file"].model_copy(update={"skill": "sort_better"})
    release(
        office,
        office.agent.model_copy(update={"version": 2, "duties": {**office.agent.duties, "file": duty}}),
    )
    with office.store.write() as tx:
        assert office.roster.rollback(tx, "sorter", person="bob", now=office.clock()).version == 1
    office.note("bill", 0.9, "offer", process="file")
    office.work()
    assert office.filed == ["bill"]


def test_a_stopped_employee_does_nothing_alone_and_loses_nothing(office: Any) -> None:
    with office.store.write() as tx:
        office.roster.stop(tx, "sorter", person="ann", now=office.clock(), reason="it looks odd")
    office.note("bill", 0.9, process="file")
    office.work()
    assert office.filed == []
    with office.store.write() as tx:
        office.roster.resume(tx, "sorter", person="ann", now=office.clock())
    office.clock.advance(61)
    office.work()
    assert office.filed == ["bill"]


def test_equal_jobs_are_drawn_alike_on_every_run(office: Any) -> None:
    trust = Trust(office.agent, "sort", office.agent.duties["sort"], office.keys)
    drawn = [trust.drawn(job, settled=True) for job in range(2000)]
    assert drawn == [trust.drawn(job, settled=True) for job in range(2000)]
    assert 150 < sum(drawn) < 250


def test_promises_are_kept_for_each_version_and_activity(office: Any) -> None:
    opened(office)
    kept = office.read(lambda tx: tx.all(select(promises).where(promises.c.tenant_id == tx.tenant)))
    assert [(row.agent, row.version, row.activity, row.output) for row in kept] == [
        ("sorter", 1, "sort", "draft")
    ]
