"""A real case handed over: report, documents and records, proved; and a customer erased from everywhere."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, update

from mainspring.app import evidence as handing_over
from mainspring.app.audit import agree, population
from mainspring.app.erasure import erase_customer
from mainspring.app.errors import QuestionUnfit
from mainspring.app.house import House
from mainspring.app.inquiries import receive
from mainspring.app.opening import open_or_create
from mainspring.engine.commands import CancelInstance
from mainspring.engine.events import Actor
from mainspring.govern import identity, verifier
from mainspring.govern.errors import ErasureError, EvidenceError
from mainspring.govern.principal import SYSTEM
from mainspring.services.tables.inquiries import inquiries
from mainspring.services.tables.parties import customers
from mainspring.store import Tx, process_tables
from mainspring.store.log import events

LETTER = "Dear all, please quote 10 lamps. Regards, Zhang Wei 张伟, zhang.wei@example.org"
OWNER = Actor("person", "owner")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = open_or_create(f"sqlite:///{tmp_path}/house.db")
    yield opened
    opened.close()


@pytest.fixture
def key(tmp_path: Path) -> Path:
    return tmp_path / "evidence.key"


def customer(tx: Tx, house: House) -> None:
    given = {column.name: "" for column in customers.c if column.name != "tenant_id"}
    row = {
        **given,
        "customer_id": "C-7",
        "name": "Zhang Wei",
        "tier": "gold",
        "email": "zhang.wei@example.org",
        "address": "1 Lamp Road",
        "payment_days": 30,
        "credit_limit": None,
        "blocked": False,
        "changed_at": house.clock(),
    }
    tx.insert(customers, row)


def case_of(house: House) -> int:
    with house.store.write() as tx:
        customer(tx, house)
        me = identity.principal(tx, "owner")
        received = receive(
            house,
            tx,
            me,
            LETTER.encode(),
            file_name="letter.txt",
            media_type="text/plain",
            sender="zhang.wei@example.org",
        )
        known = inquiries.c.tenant_id == tx.tenant, inquiries.c.inquiry_no == received.inquiry_no
        tx.execute(update(inquiries).where(*known).values(customer_id="C-7"))
    house.worker().run_once()
    return received.instance


def opened(data: bytes) -> dict[str, bytes]:
    archive = zipfile.ZipFile(io.BytesIO(data))
    return {name: archive.read(name) for name in archive.namelist()}


def test_a_case_comes_with_its_document_its_report_and_proofs_of_all(house: House, key: Path) -> None:
    case = case_of(house)
    files = opened(handing_over.export(house, case, key))
    figures = verifier.check(files.__getitem__, set(files), handing_over.signer(key).public_key)
    assert figures["erased"] == 0
    (document,) = [name for name in files if name.startswith("documents/")]
    assert files[document].decode() == LETTER
    assert "inquiry_clerk" in files["report.html"].decode()
    assert "案例" in files["report.html"].decode()
    assert files["report.pdf"].startswith(b"%PDF")
    assert opened(handing_over.export(house, case, key)) == files, "the same case gives the same bytes"


def test_a_case_that_nobody_knows_is_not_handed_over(house: House, key: Path) -> None:
    with pytest.raises(EvidenceError, match="no record of case 99"):
        handing_over.export(house, 99, key)


def test_a_customer_whose_case_runs_is_not_erased(house: House, key: Path) -> None:
    case_of(house)
    with pytest.raises(ErasureError, match="still run"):
        erase_customer(house, "C-7", key, by=SYSTEM, reason="asked")


def test_an_erased_customer_is_nowhere_and_the_case_still_proves(house: House, key: Path) -> None:
    case = case_of(house)
    house.runtime.execute(CancelInstance(case), actor=OWNER, instance=case)
    done = erase_customer(house, "C-7", key, by=SYSTEM, reason="asked")
    assert done.cases == (case,)
    files = opened(handing_over.export(house, case, key))
    verifier.check(files.__getitem__, set(files), handing_over.signer(key).public_key)
    with house.store.read() as tx:
        left = [
            repr(tx.all(select(table)))
            for table in (customers, inquiries, events, process_tables.variables, process_tables.instances)
        ]
        agreed = agree(tx)
    for trace in (*left, *(data.decode("utf-8", "replace") for data in files.values())):
        for gone in ("Zhang", "张伟", "zhang.wei"):
            assert gone not in trace
    assert agreed.checked == agreed.new.size


def test_nobody_who_is_not_there_is_erased(house: House, key: Path) -> None:
    with pytest.raises(ErasureError, match="no customer"):
        erase_customer(house, "C-404", key, by=SYSTEM, reason="asked")


def test_an_auditor_gets_the_count_and_a_query_that_gives_it_again(house: House, key: Path) -> None:
    case_of(house)
    with house.store.read() as tx:
        found = population(tx, "calls", {"operation": "inquiries.register"}, limit=10)
        again = tx.raw(found.query)
        assert (found.total, len(again), len(found.rows)) == (1, 1, 1)
        with pytest.raises(QuestionUnfit, match="no column"):
            population(tx, "calls", {"tenant_id": "other"})
        with pytest.raises(QuestionUnfit, match="no record"):
            population(tx, "people")
        with pytest.raises(EvidenceError, match="nothing is sealed"):
            agree(tx)
