"""Erasing personal values: they are gone, and every proof, checkpoint and audit holds as before."""

import io
import zipfile
from datetime import UTC, datetime
from itertools import count

import pytest
from sqlalchemy import delete, select, update

from mainspring.engine.events import SYSTEM as SYSTEM_ACTOR
from mainspring.govern import evidence, leaves, salts, verifier
from mainspring.govern.checkpoint import Signer, latest
from mainspring.govern.erasure import MARKER, Erased, Personal, erase_cases
from mainspring.govern.errors import ErasureError, EvidenceError
from mainspring.govern.evidence import Sealer
from mainspring.govern.export import export_case, hand_over
from mainspring.govern.masking import default_names
from mainspring.govern.principal import SYSTEM
from mainspring.govern.tables import acts, evidence_salts
from mainspring.runtime import AllowAll, Runtime, queries
from mainspring.store import Store
from mainspring.store.log import events

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SIGNER = Signer(bytes(range(32)))
MODEL = b"""<?xml version="1.0"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:test" id="d">
  <process id="greet" isExecutable="true">
    <startEvent id="start"><outgoing>f</outgoing></startEvent>
    <sequenceFlow id="f" sourceRef="start" targetRef="end"/>
    <endEvent id="end"><incoming>f</incoming></endEvent>
  </process>
</definitions>"""
PERSONAL = Personal(default_names(), ["Zhang Wei", "wei@example.org"])
VALUES = {
    "customer_id": "C-1",
    "greeting": "Dear Zhang Wei, we thank you",
    "note": "paid in full",
    "contact": {"email": "other@example.org", "phone": "555"},
    "lines": [{"text": "for zhang wei"}, {"text": "two lamps"}],
    "empty": "",
}


def ran(store: Store) -> tuple[Runtime, int]:
    numbers = count(1000).__next__
    runtime = Runtime(store, clock=lambda: NOW, keys=numbers, guard=AllowAll())
    runtime.deploy({"greet.bpmn": MODEL}, SYSTEM_ACTOR)
    case = runtime.start("greet", VALUES, actor=SYSTEM_ACTOR)
    Sealer(store, SIGNER).seal(now=NOW)
    return runtime, case


def erased(store: Store, runtime: Runtime, case: int) -> Erased:
    with store.write() as tx:
        done = erase_cases(tx, [case], PERSONAL, by=SYSTEM, reason="asked", now=NOW)
    runtime.forget()
    Sealer(store, SIGNER).seal(now=NOW)
    return done


def everything(store: Store) -> str:
    """All that the case left in the log and the projections, as text."""
    with store.read() as tx:
        bodies = [bytes(row.body).decode() for row in tx.all(select(events.c.body))]
        case = tx.scalar(select(events.c.instance).where(events.c.type == "InstanceStarted"))
        return " ".join([*bodies, repr(queries.variables(tx, int(case)))])


def test_personal_values_are_gone_and_all_else_is_there(store: Store) -> None:
    runtime, case = ran(store)
    assert "Zhang Wei" in everything(store)
    done = erased(store, runtime, case)
    left = everything(store)
    for gone in ("Zhang", "zhang", "wei@example", "other@example", "555"):
        assert gone not in left
    for kept in ("C-1", "paid in full", "two lamps", MARKER):
        assert kept in left
    assert done.cases == (case,)
    assert done.records >= 1


def test_every_proof_and_checkpoint_holds_as_before(store: Store) -> None:
    runtime, case = ran(store)
    with store.read() as tx:
        before = latest(tx)
        positions = leaves.of_instance(tx, case)
        assert before is not None
        sealed = [proof.leaf.data for proof in evidence.prove(tx, positions, before)]
    erased(store, runtime, case)
    with store.read() as tx:
        proofs = evidence.prove(tx, positions, before)
        after = latest(tx)
        assert after is not None
        evidence.consistency(tx, before, after)
        assert evidence.audit(tx) == after.size
    assert [proof.leaf.data for proof in proofs] == sealed
    assert any(proof.leaf.content is None and proof.leaf.source == "event" for proof in proofs)


def test_what_was_erased_cannot_be_guessed_since_its_salt_is_destroyed(store: Store) -> None:
    runtime, case = ran(store)
    with store.read() as tx:
        held = salts.Salts(tx)
        known = {leaf.position: leaf.salt for leaf in leaves.after(tx, 0, 1000)}
    erased(store, runtime, case)
    with store.read() as tx:
        held = salts.Salts(tx)
        now = {position: held.of(position) for position in known}
        secret = tx.one(select(evidence_salts.c.secret).where(evidence_salts.c.tile == 0))
    gone = [position for position, salt in now.items() if salt is None]
    assert gone
    assert all(salt == known[position] for position, salt in now.items() if salt is not None)
    assert secret is not None
    assert bytes(secret.secret) == b""


def test_the_case_is_folded_again_with_markers_in_their_place(store: Store) -> None:
    runtime, case = ran(store)
    erased(store, runtime, case)
    with store.read() as tx:
        found = queries.variables(tx, case)
    assert found["greeting"] == MARKER
    assert found["contact"] == {"email": MARKER, "phone": MARKER}
    assert found["customer_id"] == "C-1"
    assert found["empty"] == ""


def test_a_case_that_was_erased_is_handed_over_and_verified(store: Store) -> None:
    runtime, case = ran(store)
    erased(store, runtime, case)
    with store.write() as tx:
        hand_over(tx, case, {}, by=SYSTEM, now=NOW)
    Sealer(store, SIGNER).seal(now=NOW)
    with store.read() as tx:
        archive = zipfile.ZipFile(io.BytesIO(export_case(tx, case)))
    files = {name: archive.read(name) for name in archive.namelist()}
    figures = verifier.check(files.__getitem__, set(files), SIGNER.public_key)
    assert int(str(figures["erased"])) >= 1
    assert b"Zhang" not in b"".join(files.values())


def test_erasing_again_changes_nothing(store: Store) -> None:
    runtime, case = ran(store)
    erased(store, runtime, case)
    assert erased(store, runtime, case).records == 0


def test_an_erasure_of_which_no_act_says_is_found_by_the_audit(store: Store) -> None:
    runtime, case = ran(store)
    erased(store, runtime, case)
    with store.write() as tx:
        tx.execute(delete(acts).where(acts.c.tenant_id == tx.tenant, acts.c.act == "data_erased"))
    with store.read() as tx, pytest.raises(EvidenceError):
        evidence.audit(tx)


def test_a_body_changed_without_an_erasure_is_found_by_the_audit(store: Store) -> None:
    _, case = ran(store)
    with store.write() as tx:
        tx.execute(
            update(events)
            .where(events.c.tenant_id == tx.tenant, events.c.instance == case)
            .values(body=b"[]")
        )
    with store.read() as tx, pytest.raises(EvidenceError, match="is not what was sealed"):
        evidence.audit(tx)


def test_what_is_not_sealed_yet_is_not_erased(store: Store) -> None:
    runtime, _ = ran(store)
    second = runtime.start("greet", VALUES, actor=SYSTEM_ACTOR)
    with store.write() as tx, pytest.raises(ErasureError, match="not sealed yet"):
        erase_cases(tx, [second], PERSONAL, by=SYSTEM, reason="asked", now=NOW)
